import type { ComparisonRow } from '@sluice/core/compare';
import { FEATURE_PROOFS } from './feature-proofs.js';
import { LIMIT_PROOFS } from './limit-proofs.js';
import type { Proof } from './proof.js';

/** Every proof, by what a row is about and the way that it shows. */
export const PROOFS: Readonly<Record<string, Readonly<Record<string, Proof>>>> = { ...FEATURE_PROOFS, ...LIMIT_PROOFS };

export const subjectOf = ({ capability, limit }: ComparisonRow): string => capability ?? limit!;

/** The engine test behind a row. */
export const proofOf = (row: ComparisonRow): Proof => PROOFS[subjectOf(row)]![row.way]!;
