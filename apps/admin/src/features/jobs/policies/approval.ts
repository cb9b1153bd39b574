import type { EnumOf } from '@sluice/client/graphql';
import { t } from './words.js';

export type Approval = EnumOf<'ApprovalRequirement'>;

/** When a person approves what a run would do, from never to always; the API has no others. */
export const APPROVALS = Object.keys({
  NEVER: true,
  FIRST_RUN: true,
  DESTRUCTIVE_ONLY: true,
  ALWAYS: true,
} satisfies Record<Approval, true>) as Approval[];

export const approvalWord = (approval: Approval): string => t.known('approvalValue', approval) ?? approval;

/** What a job tells of its approvals; nothing while they are as they are by default. */
export const approvalRows = (approval: Approval): [string, string][] =>
  approval === 'NEVER' ? [] : [[t('approval'), approvalWord(approval)]];
