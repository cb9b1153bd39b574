import { beforeAll, describe, expect, it } from 'vitest';
import { t } from '../words.js';
import { doneText, isOnlyFlagged } from './done-text.js';

const flagged = [{ outcome: 'FLAGGED', itemCount: 1 }];

describe('how much of a run is done', () => {
  beforeAll(() => t.load());

  it('names flagged items beside those that could be tried', () => {
    expect(doneText({ itemsPlanned: 4, itemsDone: 4, outcomes: flagged })).toBe('4 of 4 items done, 1 flagged');
    expect(doneText({ itemsPlanned: 4, itemsDone: 4, outcomes: [] })).toBe('4 of 4 items done');
  });

  it('does not say that there was nothing to do when all was flagged at once', () => {
    const figures = { itemsPlanned: 0, itemsDone: 0, outcomes: flagged };
    expect(isOnlyFlagged(figures)).toBe(true);
    expect(doneText(figures)).toBe('Nothing could be tried, 1 item flagged');
    expect(doneText({ ...figures, outcomes: [] })).toBe('Nothing to do');
  });

  it('says no whole before there is one', () => {
    expect(doneText({ itemsPlanned: null, itemsDone: 2, outcomes: [] })).toBe('2 items done');
  });
});
