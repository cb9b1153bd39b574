import { expect, it } from 'vitest';
import {
  changesSource,
  COPY,
  MIGRATE,
  MIRRORED_COPY,
  MOVE,
  movesAlong,
  PUBLISH,
  putsBack,
  removesAtSource,
  removesMoved,
  removesWhatIsGone,
  sidesRemovedFrom,
  sidesTakenFrom,
  STRUCTURE,
  SYNC,
  SYNC_IGNORE_BOTH,
  SYNC_IGNORE_DESTINATION,
  SYNC_IGNORE_SOURCE,
  writesSource,
  type TransferTable,
} from './index.js';

const TRAITS: Record<string, (table: TransferTable) => boolean> = {
  'freezes its scope': ({ freezesScope }) => freezesScope,
  'is about files': ({ kinds }) => kinds.includes('FILE'),
  'is about folders': ({ kinds }) => kinds.includes('FOLDER'),
  'removes what is gone': removesWhatIsGone,
  'removes at the source': removesAtSource,
  'moves along': movesAlong,
  'puts back': putsBack,
  'writes the source': writesSource,
  'removes what was moved': removesMoved,
  'changes the source': changesSource,
};

const traitsOf = (table: TransferTable) => Object.keys(TRAITS).filter((trait) => TRAITS[trait]!(table));
const BOTH_KINDS = ['is about files', 'is about folders'];

it.each<[string, TransferTable, string[]]>([
  ['COPY', COPY, [...BOTH_KINDS, 'moves along']],
  ['COPY with MIRROR', MIRRORED_COPY, [...BOTH_KINDS, 'removes what is gone', 'moves along']],
  ['MIGRATE', MIGRATE, ['freezes its scope', ...BOTH_KINDS]],
  ['PUBLISH', PUBLISH, [...BOTH_KINDS, 'removes what is gone', 'moves along', 'puts back']],
  ['STRUCTURE', STRUCTURE, ['is about folders']],
  ['MOVE', MOVE, [...BOTH_KINDS, 'moves along', 'removes what was moved', 'changes the source']],
  [
    'SYNC',
    SYNC,
    [
      ...BOTH_KINDS,
      'removes what is gone',
      'removes at the source',
      'moves along',
      'writes the source',
      'changes the source',
    ],
  ],
  [
    'SYNC with IGNORE_SOURCE',
    SYNC_IGNORE_SOURCE,
    [...BOTH_KINDS, 'removes at the source', 'moves along', 'writes the source', 'changes the source'],
  ],
  [
    'SYNC with IGNORE_DESTINATION',
    SYNC_IGNORE_DESTINATION,
    [...BOTH_KINDS, 'removes what is gone', 'moves along', 'writes the source', 'changes the source'],
  ],
  [
    'SYNC with IGNORE_BOTH',
    SYNC_IGNORE_BOTH,
    [...BOTH_KINDS, 'moves along', 'writes the source', 'changes the source'],
  ],
])('%s has these traits and no other', (_name, table, traits) => {
  expect(traitsOf(table)).toEqual(traits);
});

it.each<[string, TransferTable, string[], string[]]>([
  ['COPY', COPY, [], ['DESTINATION']],
  ['COPY with MIRROR', MIRRORED_COPY, ['DESTINATION'], ['DESTINATION']],
  ['STRUCTURE', STRUCTURE, [], []],
  ['MOVE', MOVE, ['SOURCE'], ['SOURCE']],
  ['SYNC', SYNC, ['DESTINATION', 'SOURCE'], ['DESTINATION', 'SOURCE']],
  ['SYNC with IGNORE_BOTH', SYNC_IGNORE_BOTH, [], ['SOURCE', 'DESTINATION']],
])('%s removes and takes away on these sides', (_name, table, removed, taken) => {
  expect(sidesRemovedFrom(table)).toEqual(removed);
  expect(sidesTakenFrom(table)).toEqual(taken);
});
