import { describe, expect, it } from 'vitest';
import { POLICY_VALUES, TRANSFER_TYPES } from '../plan/policies.js';
import {
  COPY,
  decideContent,
  decidePlace,
  MIGRATE,
  MIRRORED_COPY,
  MOVE,
  PUBLISH,
  removesWhatIsGone,
  SIDE_STATES,
  STRUCTURE,
  swappedTable,
  SYNC,
  SYNC_IGNORE_BOTH,
  SYNC_IGNORE_DESTINATION,
  SYNC_IGNORE_SOURCE,
  tableOf,
  TABLES,
  type SideState,
  type TransferTable,
  type Verdict,
} from './index.js';
import { printTables } from './print.testing.js';

const DOCUMENT = '../../../../docs/transfer-types.md';
const TYPES = {
  COPY: {
    table: COPY,
    sentence: 'What is new or changed at the source comes to the destination. Nothing is removed on either side.',
  },
  'COPY with deletions MIRROR': {
    table: MIRRORED_COPY,
    sentence: 'As COPY; what is gone at the source is removed at the destination, unless it was changed there.',
  },
  MIGRATE: {
    table: MIGRATE,
    sentence:
      'What the first complete listing found comes to the destination, each item once. Nothing new, no later change, no removal.',
  },
  PUBLISH: {
    table: PUBLISH,
    sentence:
      'The destination becomes exactly the source: what only it has is removed, what was edited or moved there is put back. The source stays as it is.',
  },
  STRUCTURE: {
    table: STRUCTURE,
    sentence: 'Folders only: those that are missing at the destination are made there. Files are not looked at.',
  },
  MOVE: {
    table: MOVE,
    sentence: 'As COPY; each item is removed at the source once the destination is proved to hold it.',
  },
  SYNC: {
    table: SYNC,
    sentence: 'What is made, edited, renamed, moved or removed on one side is so on the other.',
  },
  'SYNC with deletions IGNORE_SOURCE': {
    table: SYNC_IGNORE_SOURCE,
    sentence:
      'As SYNC; what is removed at the source stays at the destination, and comes back only once it is changed there.',
  },
  'SYNC with deletions IGNORE_DESTINATION': {
    table: SYNC_IGNORE_DESTINATION,
    sentence:
      'As SYNC; what is removed at the destination stays at the source, and comes back only once it is changed there.',
  },
  'SYNC with deletions IGNORE_BOTH': {
    table: SYNC_IGNORE_BOTH,
    sentence: 'As SYNC; what is removed on one side stays on the other, and comes back only once it is changed there.',
  },
};
const SCAN =
  'One place is listed and analysed: counts, sizes, ages, extensions, depths, empty folders, names that other platforms cannot hold, and files of equal content. Nothing is decided, written or removed. Only files of equal sizes are read, and where calls are counted none of them, unless the job has the policy `readBack`. With the policy `verification` `NONE` nothing is read.';
const NAMES = Object.keys(TYPES) as (keyof typeof TYPES)[];
const ONE_WAY = NAMES.filter((name) => !name.startsWith('SYNC'));

/** Pairs of states of an item that the ledger knows, by what is done about them. */
const cells = ({ content }: TransferTable, ...verdicts: Verdict[]): [SideState, SideState][] =>
  SIDE_STATES.flatMap((source) =>
    SIDE_STATES.filter((destination) => verdicts.includes(content[source][destination])).map(
      (destination): [SideState, SideState] => [source, destination],
    ),
  );

const CREATING = ['CREATE_DESTINATION', 'CREATE_THEN_REMOVE_SOURCE'] as const;
const UPDATING = ['UPDATE_DESTINATION', 'UPDATE_THEN_REMOVE_SOURCE', 'REMOVE_DESTINATION'] as const;
const AT_SOURCE = [
  'CREATE_SOURCE',
  'UPDATE_SOURCE',
  'REMOVE_SOURCE',
  'REMOVE_MOVED',
  'REMOVE_MOVED_IF_KEPT',
  ...CREATING.slice(1),
  ...UPDATING.slice(1, 2),
] as const;

it('the tables print as docs/transfer-types.md', async () => {
  await expect(printTables(TYPES, { SCAN })).toMatchFileSnapshot(DOCUMENT);
});

describe.each(NAMES)('%s', (name) => {
  const { table } = TYPES[name];

  it('does nothing wherever a side is unknown', () => {
    for (const state of SIDE_STATES) {
      expect(decideContent(table, { base: 'KNOWN', source: 'unknown', destination: state })).toBe('NOTHING');
      expect(decideContent(table, { base: 'KNOWN', source: state, destination: 'unknown' })).toBe('NOTHING');
    }
    for (const destination of ['absent', 'equal', 'different', 'unknown'] as const)
      expect(decideContent(table, { base: 'NONE', source: 'unknown', destination })).toBe('NOTHING');
    for (const source of ['there', 'absent'] as const)
      expect(decideContent(table, { base: 'NONE', source, destination: 'unknown' })).toBe('NOTHING');
  });

  it('creates only where there is evidence that nothing is there, and forgets what both sides lack', () => {
    for (const [, destination] of cells(table, ...CREATING)) expect(destination).toBe('absent');
    for (const [source] of cells(table, 'CREATE_SOURCE')) expect(source).toBe('absent');
    expect(cells(table, 'FORGET')).toEqual([['absent', 'absent']]);
  });
});

describe.each(NAMES.filter((name) => name !== 'PUBLISH'))('%s', (name) => {
  it('never overwrites or removes what was changed at the destination', () => {
    for (const [, destination] of cells(TYPES[name].table, ...UPDATING))
      expect(['same', 'touched']).toContain(destination);
    expect(cells(TYPES[name].table, 'REVERT_DESTINATION', 'OVERWRITE')).toEqual([]);
  });
});

it('equal contents are looked for before two changes are taken for a conflict, by every type that follows changes', () => {
  for (const name of NAMES.filter((one) => one !== 'MIGRATE'))
    expect(cells(TYPES[name].table, 'RECONCILE', 'RECONCILE_BOTH', 'OVERWRITE'), name).toEqual([
      ['changed', 'changed'],
    ]);
});

describe.each(ONE_WAY)('%s, which goes one way', (name) => {
  const { table } = TYPES[name];

  it('changes the source only if it is MOVE', () => {
    expect(cells(table, ...AT_SOURCE).length > 0).toBe(name === 'MOVE');
    expect(Object.values(table.place).flatMap((row) => Object.values(row))).not.toContain('MOVE_SOURCE');
  });

  it('refuses an item whose kind changed', () => {
    expect(decideContent(table, { base: 'KIND_CHANGED' })).toBe('NAME_TAKEN');
  });

  it('leaves items alone that only the destination has, on first contact, unless it is PUBLISH', () => {
    for (const destination of ['equal', 'different'] as const)
      expect(decideContent(table, { base: 'NONE', source: 'absent', destination })).toBe(
        name === 'PUBLISH' ? 'REMOVE_EXTRA' : 'NOTHING',
      );
  });

  it('moves at the destination what was renamed at the source, but for MIGRATE and STRUCTURE', () => {
    const follows = name === 'MIGRATE' || name === 'STRUCTURE';
    expect(decidePlace(table, 'moved', 'here')).toBe(follows ? 'FOLLOW' : 'MOVE_DESTINATION');
    expect(decidePlace(table, 'here', 'moved')).toBe(name === 'PUBLISH' ? 'MOVE_DESTINATION' : 'FOLLOW');
    expect(decidePlace(table, 'here', 'here')).toBe('STAY');
  });
});

const removing = (table: TransferTable) => cells(table, 'REMOVE_DESTINATION');

it('a copy never removes; with MIRROR it removes exactly what is proved gone and unchanged at the destination', () => {
  expect(removing(COPY)).toEqual([]);
  expect(removing(MIRRORED_COPY)).toEqual([
    ['absent', 'same'],
    ['absent', 'touched'],
  ]);
});

it('PUBLISH removes whatever is proved gone, and puts back what was edited', () => {
  expect(removing(PUBLISH)).toEqual([
    ['absent', 'same'],
    ['absent', 'touched'],
    ['absent', 'changed'],
  ]);
  expect(cells(PUBLISH, 'REVERT_DESTINATION')).toEqual([
    ['same', 'changed'],
    ['touched', 'changed'],
  ]);
});

it('MIGRATE and STRUCTURE never remove, and MIGRATE never updates or creates again what it knows', () => {
  expect([...removing(MIGRATE), ...removing(STRUCTURE)]).toEqual([]);
  expect(cells(MIGRATE, 'UPDATE_DESTINATION', 'CREATE_DESTINATION')).toEqual([]);
  expect(cells(MIGRATE, 'LEAVE_MIGRATED')).toEqual([
    ['changed', 'same'],
    ['changed', 'touched'],
  ]);
  expect(decideContent(MIGRATE, { base: 'NONE', source: 'late', destination: 'absent' })).toBe('OUT_OF_SCOPE');
  expect(decideContent(MIGRATE, { base: 'NONE', source: 'there', destination: 'absent' })).toBe('CREATE_DESTINATION');
});

it('the tables of SYNC read the same from both sides, but for whose deletions are ignored', () => {
  for (const table of [SYNC, SYNC_IGNORE_BOTH]) expect(swappedTable(table)).toEqual(table);
  expect(swappedTable(SYNC_IGNORE_SOURCE)).toEqual(SYNC_IGNORE_DESTINATION);
  expect(swappedTable(SYNC_IGNORE_DESTINATION)).toEqual(SYNC_IGNORE_SOURCE);
});

it('SYNC lets a change beat a delete, and ignores the deletions of the side that its policy names', () => {
  const gone = ({ content }: TransferTable) => [content.absent.same, content.same.absent];
  expect(gone(SYNC)).toEqual(['REMOVE_DESTINATION', 'REMOVE_SOURCE']);
  expect(gone(SYNC_IGNORE_SOURCE)).toEqual(['NOTHING', 'REMOVE_SOURCE']);
  expect(gone(SYNC_IGNORE_DESTINATION)).toEqual(['REMOVE_DESTINATION', 'NOTHING']);
  expect(gone(SYNC_IGNORE_BOTH)).toEqual(['NOTHING', 'NOTHING']);
  for (const table of [SYNC, SYNC_IGNORE_SOURCE, SYNC_IGNORE_DESTINATION, SYNC_IGNORE_BOTH]) {
    expect(table.content.changed.absent).toBe('CREATE_DESTINATION');
    expect(table.content.absent.changed).toBe('CREATE_SOURCE');
    expect(decidePlace(table, 'here', 'moved')).toBe('MOVE_SOURCE');
  }
});

it('every type but SCAN has tables, and each table goes with the policy that it obeys', () => {
  for (const type of TRANSFER_TYPES)
    for (const deletions of POLICY_VALUES.deletions) {
      const table = tableOf(type, { deletions });
      expect(table, `${type} ${deletions}`).toBe(TABLES[type][deletions]);
      if (type === 'SCAN') expect(table).toBeNull();
      if (table) expect(removesWhatIsGone(table)).toBe(deletions === 'MIRROR' || deletions === 'IGNORE_DESTINATION');
    }
  expect(tableOf('COPY', { deletions: 'MIRROR' })).toBe(MIRRORED_COPY);
  expect(tableOf('COPY', { deletions: 'IGNORE_SOURCE' })).toBeNull();
  expect(tableOf('SYNC', { deletions: 'IGNORE' })).toBeNull();
});
