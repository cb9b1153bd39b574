import type { EnumOf } from '@sluice/client/graphql';
import { wordOf } from '../../ui/format.js';
import { t } from '../words.js';

type TransferType = EnumOf<'TransferType'>;

/** The types that a job may have, as a form offers them. */
export const OFFERED_TYPES = [
  'COPY',
  'MIGRATE',
  'MOVE',
  'PUBLISH',
  'SCAN',
  'STRUCTURE',
  'SYNC',
] as const satisfies readonly TransferType[];
export type OfferedType = (typeof OFFERED_TYPES)[number];

export const isOffered = (type: string): type is OfferedType => OFFERED_TYPES.some((one) => one === type);

export const typeLabel = (type: string): string => t.known('type', type) ?? wordOf(type);

/** What the type changes and what it deletes; empty for a type that this page does not know. */
export const typeSentence = (type: string): string => t.known('typeSentence', type) ?? '';

/** Whether the type has a destination. */
export const isTransfer = (type: string): boolean => type !== 'SCAN';

/** Whether the type reads or writes contents of files. */
export const hasContents = (type: string): boolean => type !== 'STRUCTURE';
