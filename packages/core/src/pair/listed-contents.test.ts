import { expect, it } from 'vitest';
import {
  compareListed,
  type ListedComparison,
  type ListedContent,
  type RememberedContents,
} from './listed-contents.js';

const file = (size: number | null, version: string | null, sha256: string | null = null): ListedContent => ({
  size,
  version,
  sha256,
});
const known = (sha256: string | null): RememberedContents => ({
  sha256,
  sourceVersion: 's1',
  destinationVersion: 'd1',
});

it.each<[string, ListedContent, ListedContent, RememberedContents | null, Partial<ListedComparison>]>([
  ['other sizes', file(1, 's1'), file(2, 'd1'), known('a'), { equality: 'DIFFERENT', comparedBy: 'SIZE' }],
  ['equal checksums', file(1, null, 'a'), file(null, null, 'a'), null, { equality: 'EQUAL', comparedBy: 'CHECKSUM' }],
  ['other checksums', file(1, null, 'a'), file(1, null, 'b'), null, { equality: 'DIFFERENT', comparedBy: 'CHECKSUM' }],
  [
    'a checksum that the ledger knows of a source that is unchanged',
    file(1, 's1'),
    file(1, 'd2', 'b'),
    known('a'),
    { equality: 'DIFFERENT', comparedBy: 'CHECKSUM', sourceSha256: 'a', destinationSha256: 'b' },
  ],
  [
    'contents that are as transferred',
    file(1, 's1'),
    file(1, 'd1'),
    known('a'),
    { equality: 'EQUAL', comparedBy: 'CHECKSUM' },
  ],
  [
    'contents that are as adopted unread',
    file(1, 's1'),
    file(1, 'd1'),
    known(null),
    { equality: 'EQUAL', comparedBy: 'SIZE' },
  ],
  [
    'a destination that changed since',
    file(1, 's1'),
    file(1, 'd2'),
    known('a'),
    { equality: 'OPEN', comparedBy: null, sourceSha256: 'a', destinationSha256: null },
  ],
  ['a source that changed since', file(1, 's2'), file(1, 'd1'), known('a'), { equality: 'OPEN', comparedBy: null }],
  ['a version that is not told', file(1, null), file(1, 'd1'), known('a'), { equality: 'OPEN', comparedBy: null }],
  ['items that the ledger does not know', file(1, 's1'), file(1, 'd1'), null, { equality: 'OPEN', comparedBy: null }],
])('%s', (_what, source, destination, remembered, expected) => {
  expect(compareListed(source, destination, remembered)).toMatchObject(expected);
});
