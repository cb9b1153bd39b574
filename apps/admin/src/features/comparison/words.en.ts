import type { EnumOf } from '@sluice/client/graphql';

export const words = {
  title: 'Platform comparison',
  loading: 'Loading platforms',
  lead: 'What comes along from one platform to another, and what a job with the default policies does about the rest.',
  from: 'From',
  to: 'To',
  differences_one: '{{count, number}} difference to know of',
  differences_other: '{{count, number}} differences to know of',
  comparison: 'Comparison',
  onlyDifferences: 'Only differences',
  comparing: 'Comparing',
  nothingLost: 'Nothing is lost',
  nothingLostWhy: 'Everything that the source has comes along.',
  what: 'What',
  effect: 'What happens',
  verdict: {
    COMPATIBLE: 'Comes along',
    LOSSY: 'Lost or changed',
    NOT_APPLICABLE: 'Nothing to lose',
  },
  group: {
    FILE_VERSIONS: 'Versions',
    AUDIT_TRAIL: 'Times and authors',
    LOCKS: 'Locks',
    PATH_VALIDATION: 'Names, paths, sizes and types',
    PERMISSIONS: 'Accounts, groups and rights',
    METADATA: 'Metadata and tags',
  },
} as const satisfies {
  verdict: Record<EnumOf<'ComparisonVerdict'>, string>;
  group: Record<EnumOf<'ComparisonGroup'>, string>;
  [key: string]: unknown;
};
