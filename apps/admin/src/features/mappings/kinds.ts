import type { EnumOf } from '@sluice/client/graphql';
import type { Kind, Match } from './data.js';

/** Matches that can find something, in the order in which they are sure; a set of another one is refused by the server. */
export const MATCHES_OF: Readonly<Record<Kind, readonly Match[]>> = {
  ACCOUNT: ['ID', 'EMAIL', 'USERNAME', 'NAME', 'FUZZY'],
  GROUP: ['ID', 'EMAIL', 'NAME', 'FUZZY'],
  METADATA: ['ID', 'NAME', 'FUZZY'],
  TAG: ['ID', 'NAME', 'FUZZY'],
};

export const KINDS = Object.keys(MATCHES_OF) as Kind[];
export const isKind = (value: string | undefined): value is Kind => KINDS.some((kind) => kind === value);

export const UNMAPPED: readonly EnumOf<'UnmappedPolicy'>[] = ['SKIP', 'KEEP_NAME', 'USE_DEFAULT', 'FLAG'];
