import { describe, expect, test } from 'vitest';
import { EFFECTS, UNDO, UNDO_FINDINGS, undoVerdict, type UndoSituation } from './undo.js';

const situation = (given: Partial<UndoSituation>): UndoSituation => ({
  effect: 'CREATED',
  finding: 'AS_LEFT',
  isLatest: true,
  isPlaceFree: true,
  isKept: true,
  ...given,
});

describe('the undo of what a run did', () => {
  test('each effect has its opposite, where the item is as the run left it', () => {
    const opposites = EFFECTS.map((effect) => undoVerdict(situation({ effect })));
    expect(opposites).toEqual(['REMOVE', 'GIVE_FORMER_VERSION', 'MOVE_BACK', 'PUT_BACK', 'DESCRIBE_AS_BEFORE']);
  });

  test('nothing is done about what is as it was before the run', () => {
    for (const effect of EFFECTS) expect(undoVerdict(situation({ effect, finding: 'AS_BEFORE' }))).toBe('NOTHING');
  });

  test('what changed since is left alone, and so is what cannot be seen', () => {
    for (const effect of EFFECTS) {
      expect(['CHANGED_SINCE', 'PLACE_TAKEN']).toContain(undoVerdict(situation({ effect, finding: 'CHANGED' })));
      expect(undoVerdict(situation({ effect, finding: 'UNKNOWN' }))).toBe('UNLISTED');
    }
  });

  test.each([
    ['CREATED', 'NOTHING'],
    ['UPDATED', 'GONE'],
    ['MOVED', 'GONE'],
    ['DELETED', 'PUT_BACK'],
    ['DESCRIBED', 'GONE'],
  ] as const)('of what was %s and is gone: %s', (effect, verdict) => {
    expect(undoVerdict(situation({ effect, finding: 'ABSENT' }))).toBe(verdict);
  });

  test('what a later run dealt with is left to the undo of that run', () => {
    for (const effect of EFFECTS) expect(undoVerdict(situation({ effect, isLatest: false }))).toBe('LATER_RUN');
    expect(undoVerdict(situation({ finding: 'AS_BEFORE', isLatest: false }))).toBe('NOTHING');
  });

  test.each(['DELETED', 'MOVED'] as const)('what was %s never takes the place of something else', (effect) => {
    expect(undoVerdict(situation({ effect, isPlaceFree: false }))).toBe('PLACE_TAKEN');
  });

  test('all but a removal needs something kept, and only what comes back a place', () => {
    for (const effect of ['UPDATED', 'MOVED', 'DELETED', 'DESCRIBED'] as const)
      expect(undoVerdict(situation({ effect, isKept: false }))).toBe('NOT_KEPT');
    expect(undoVerdict(situation({ effect: 'CREATED', isKept: false }))).toBe('REMOVE');
    for (const effect of ['CREATED', 'UPDATED', 'DESCRIBED'] as const)
      expect(undoVerdict(situation({ effect, isPlaceFree: false }))).toBe(UNDO[effect].AS_LEFT);
  });

  test('there is a row for every finding', () => {
    for (const effect of EFFECTS) expect(Object.keys(UNDO[effect])).toEqual([...UNDO_FINDINGS]);
  });
});
