import type { Capability } from '../platform/index.js';

/** Something that items have and that stays behind, with the words for one and for several of them. */
const LOSSES = {
  DESCRIPTION: ['item has a description', 'items have a description', 'that the destination cannot hold'],
  FIELDS: ['item has fields', 'items have fields', 'that the destination cannot hold'],
  TAGS: ['item has tags', 'items have tags', 'that the destination cannot hold'],
  PRIVACY: ['item is private at the source', 'items are private at the source', 'and the destination cannot hold that'],
  PRIVACY_BY_JOB: [
    'item is private at the source',
    'items are private at the source',
    'and the job does not keep that',
  ],
  NOTE: ['file has a note', 'files have notes', 'that a first version cannot have at the destination'],
  FIRST_NOTE: [
    'file comes with former versions',
    'files come with former versions',
    'of which the first cannot have its note at the destination',
  ],
  UNMAPPED: ['item has a value', 'items have a value', 'that could not be mapped and is left out'],
  FLAGGED: ['item is flagged', 'items are flagged', 'since a value could not be mapped'],
} as const;
export type Loss = keyof typeof LOSSES;

/** Items of a plan that lose something, at least one each; what none loses is absent. */
export type LossCounts = Readonly<Partial<Record<Loss, number>>>;

/** Such as “312 items have tags that the destination cannot hold.” */
export function lossTold(loss: Loss, count: number): string {
  const [one, several, why] = LOSSES[loss];
  return `${count} ${count === 1 ? one : several} ${why}.`;
}

/** What a destination would need so that nothing is lost; null where that is no matter of what it can hold. */
export const CAPABILITY_OF_LOSS: Readonly<Record<Loss, Capability | null>> = {
  DESCRIPTION: 'METADATA_MAP',
  FIELDS: 'METADATA_MAP',
  TAGS: 'TAGS_MAP',
  PRIVACY: 'PERMISSION_PRESERVATION',
  PRIVACY_BY_JOB: 'PERMISSION_PRESERVATION',
  NOTE: null,
  FIRST_NOTE: null,
  UNMAPPED: null,
  FLAGGED: null,
};
