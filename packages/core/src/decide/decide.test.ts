import { describe, expect, it } from 'vitest';
import { COPY, decideContent, decidePlace, MIRRORED_COPY, SIDE_STATES, type SideState, type Verdict } from './index.js';
import { printTables } from './print.testing.js';

const TABLES = { COPY, 'COPY with MIRROR': MIRRORED_COPY };
const DOCUMENT = '../../../../docs/decisions/transfer-types.md';

it('the tables print as docs/decisions/transfer-types.md', async () => {
  await expect(printTables(TABLES)).toMatchFileSnapshot(DOCUMENT);
});

describe.each(Object.entries(TABLES))('%s', (_name, table) => {
  const each = <T extends Verdict>(verdict: T) =>
    SIDE_STATES.flatMap((source) =>
      SIDE_STATES.filter((destination) => table.content[source][destination] === verdict).map(
        (destination): [SideState, SideState] => [source, destination],
      ),
    );

  it('does nothing wherever a side is unknown', () => {
    for (const state of SIDE_STATES) {
      expect(decideContent(table, { base: 'KNOWN', source: 'unknown', destination: state })).toBe('NOTHING');
      expect(decideContent(table, { base: 'KNOWN', source: state, destination: 'unknown' })).toBe('NOTHING');
    }
  });

  it('never overwrites or removes what was changed at the destination', () => {
    for (const [, destination] of [...each('UPDATE_DESTINATION'), ...each('REMOVE_DESTINATION')])
      expect(['same', 'touched']).toContain(destination);
  });

  it('creates only where there is evidence that nothing is there', () => {
    for (const [, destination] of each('CREATE_DESTINATION')) expect(destination).toBe('absent');
  });

  it('looks for equal contents before it takes two changes for a conflict', () => {
    expect(each('RECONCILE')).toEqual([['changed', 'changed']]);
  });

  it('leaves items alone that only the destination has, on first contact', () => {
    for (const destination of ['absent', 'equal', 'different', 'unknown'] as const)
      expect(decideContent(table, { base: 'NONE', source: 'absent', destination })).toBe('NOTHING');
  });

  it('refuses an item whose kind changed, and moves what was renamed at the source', () => {
    expect(decideContent(table, { base: 'KIND_CHANGED' })).toBe('NAME_TAKEN');
    expect(decidePlace(table, 'moved', 'here')).toBe('MOVE_DESTINATION');
    expect(decidePlace(table, 'here', 'moved')).toBe('FOLLOW');
  });
});

it('a copy never removes; with MIRROR it removes exactly what is proved gone and unchanged at the destination', () => {
  const removing = (table: typeof COPY) =>
    SIDE_STATES.flatMap((source) =>
      SIDE_STATES.filter((state) => table.content[source][state] === 'REMOVE_DESTINATION').map((d) => [source, d]),
    );
  expect(removing(COPY)).toEqual([]);
  expect(removing(MIRRORED_COPY)).toEqual([
    ['absent', 'same'],
    ['absent', 'touched'],
  ]);
});
