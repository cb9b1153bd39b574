import { describe, expect, it } from 'vitest';
import { asOfNow, NO_PROGRESS, reduceProgress, type Progress } from './progress.js';
import type { RunData, RunMessage, Statistics } from './data.js';
import { hasEnded } from '../../domain/run/run-states.js';
import type { ItemData } from '../../domain/item/item-data.js';

const message = (kind: RunMessage['kind'], sequence: number, more: Partial<RunMessage> = {}): RunMessage => ({
  cursor: `c${sequence}`,
  sequence,
  occurredAt: '2026-11-21T12:00:00Z',
  kind,
  isReset: false,
  state: null,
  severity: null,
  message: null,
  item: null,
  ...more,
});

const figures = (asOfSequence: number, itemsDone: number) => ({ asOfSequence, itemsDone }) as Statistics;
const run = (state: RunData['state'], statistics = figures(0, 0)) => ({ id: 'r1', state, statistics }) as RunData;
const item = (id: string) => ({ id, sourcePath: `/${id}`, message: `about ${id}` }) as ItemData;
const reduce = (messages: RunMessage[], from: Progress = NO_PROGRESS) => messages.reduce(reduceProgress, from);

describe('reduceProgress', () => {
  it('begins with the snapshot and its figures', () => {
    const progress = reduce([message('SNAPSHOT', 7, { run: run('LISTING', figures(7, 3)) })]);
    expect(progress).toMatchObject({ sequence: 7, run: { state: 'LISTING' }, statistics: { itemsDone: 3 } });
  });

  it('drops figures that are older than those known', () => {
    const progress = reduce([
      message('STATISTICS', 9, { statistics: figures(9, 40) }),
      message('STATISTICS', 9, { statistics: figures(5, 20) }),
    ]);
    expect(progress.statistics?.itemsDone).toBe(40);
  });

  it('does not go back to a state that comes late or twice', () => {
    const progress = reduce([
      message('STATE', 4, { state: 'TRANSFERRING', run: run('TRANSFERRING') }),
      message('STATE', 2, { state: 'LISTING', run: run('LISTING') }),
      message('STATE', 4, { state: 'TRANSFERRING', run: run('TRANSFERRING') }),
    ]);
    expect(progress.run?.state).toBe('TRANSFERRING');
    expect(progress.log.map((line) => line.state)).toEqual(['LISTING', 'TRANSFERRING']);
  });

  it('puts history that is read later in its place, once', () => {
    const live = reduce([
      message('LOG', 5, { message: 'five' }),
      message('LOG', 6, { message: 'six', severity: 'WARNING' }),
    ]);
    const filled = reduce([message('LOG', 1, { message: 'one' }), message('LOG', 5, { message: 'five' })], live);
    expect(filled.log.map((line) => [line.message, line.severity])).toEqual([
      ['one', 'INFO'],
      ['five', 'INFO'],
      ['six', 'WARNING'],
    ]);
    expect(filled.sequence).toBe(6);
  });

  it('has a line for each item that was flagged or is tried again', () => {
    const progress = reduce([message('ITEM', 1, { item: item('a') }), message('ITEM', 1, { item: item('a') })]);
    expect(progress.log.map(({ severity, message: text }) => [severity, text])).toEqual([['WARNING', '/a: about a']]);
  });

  it('forgets everything when events were lost', () => {
    const before = reduce([message('LOG', 5, { message: 'five' }), message('ITEM', 6, { item: item('a') })]);
    const after = reduce([message('SNAPSHOT', 90, { isReset: true, run: run('VERIFYING') })], before);
    expect(after).toMatchObject({ log: [], sequence: 90, run: { state: 'VERIFYING' } });
  });

  it('keeps a bounded log', () => {
    const progress = reduce(
      Array.from({ length: 450 }, (_, index) => message('LOG', index + 1, { message: String(index + 1) })),
    );
    expect([progress.log.length, progress.log[0]?.message]).toEqual([400, '51']);
  });
});

describe('a run as of now', () => {
  const read = { ...run('VERIFYING', figures(5, 30)), forecast: [] } as RunData;

  it('is over as soon as its stream says so, with the time of its end and its last figures', () => {
    const ended = { ...run('SUCCEEDED', figures(9, 40)), finishedAt: '2026-11-21T12:01:00Z' } as RunData;
    const now = asOfNow(read, { run: ended, statistics: figures(9, 40) });
    expect(now).toMatchObject({ isOver: true, run: { state: 'SUCCEEDED', finishedAt: ended.finishedAt } });
    expect(now.statistics.itemsDone).toBe(40);
  });

  it('goes on with what was told last, and with the forecast that was read', () => {
    const now = asOfNow(read, { run: run('TRANSFERRING'), statistics: figures(7, 35) });
    expect(now).toMatchObject({ isOver: false, run: { state: 'TRANSFERRING', forecast: [] } });
    expect(asOfNow(read, NO_PROGRESS)).toMatchObject({ isOver: false, statistics: { itemsDone: 30 } });
  });

  it('is as it was read once that has ended, whatever the stream said before', () => {
    const ended = run('SUCCEEDED', figures(9, 41));
    expect(asOfNow(ended, { run: run('VERIFYING'), statistics: figures(8, 3) })).toMatchObject({
      ...{ isOver: true, run: { state: 'SUCCEEDED' }, statistics: { itemsDone: 41 } },
    });
  });
});

it('knows the states in which a run has ended', () => {
  const states = ['PAUSED', 'AWAITING_BUDGET', 'CARRIED_OVER', 'FAILED'] as const;
  expect(states.map(hasEnded)).toEqual([false, false, true, true]);
});
