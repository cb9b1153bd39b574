import type { Capability } from '../platform/index.js';

/** What is told of a loss: of one item, and of several. */
type Telling = readonly [one: string, several: (count: number) => string];

/** Something that items have and that stays behind, in whole sentences. */
const LOSSES = {
  DESCRIPTION: [
    '1 item has a description that the destination cannot hold.',
    (count) => `${count} items have a description that the destination cannot hold.`,
  ],
  FIELDS: [
    '1 item has fields that the destination cannot hold.',
    (count) => `${count} items have fields that the destination cannot hold.`,
  ],
  TAGS: [
    '1 item has tags that the destination cannot hold.',
    (count) => `${count} items have tags that the destination cannot hold.`,
  ],
  PRIVACY: [
    '1 item is private at the source and the destination cannot hold that.',
    (count) => `${count} items are private at the source and the destination cannot hold that.`,
  ],
  PRIVACY_BY_JOB: [
    '1 item is private at the source and the job does not keep that.',
    (count) => `${count} items are private at the source and the job does not keep that.`,
  ],
  NOTE: [
    '1 file has a note that a first version cannot have at the destination.',
    (count) => `${count} files have notes that a first version cannot have at the destination.`,
  ],
  FIRST_NOTE: [
    '1 file comes with former versions of which the first cannot have its note at the destination.',
    (count) => `${count} files come with former versions of which the first cannot have its note at the destination.`,
  ],
  UNMAPPED: [
    '1 item has a value that could not be mapped and is left out.',
    (count) => `${count} items have a value that could not be mapped and is left out.`,
  ],
  FLAGGED: [
    '1 item is flagged since a value could not be mapped.',
    (count) => `${count} items are flagged since a value could not be mapped.`,
  ],
} as const satisfies Readonly<Record<string, Telling>>;
export type Loss = keyof typeof LOSSES;

/** Items of a plan that lose something, at least one each; what none loses is absent. */
export type LossCounts = Readonly<Partial<Record<Loss, number>>>;

/** Such as “312 items have tags that the destination cannot hold.” */
export function lossTold(loss: Loss, count: number): string {
  const [one, several] = LOSSES[loss];
  return count === 1 ? one : several(count);
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
