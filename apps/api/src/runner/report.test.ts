import { expect, it } from 'vitest';
import { LiveReport } from './report.js';

function setUp() {
  const time = { now: 0 };
  const waits: number[] = [];
  const budgets = { SOURCE: null, DESTINATION: 'bud_1' };
  const report = new LiveReport(
    () => time.now,
    budgets,
    [{ budgetId: 'bud_1', total: 5, throttled: 1 }],
    () => waits.push(time.now),
  );
  return { time, waits, report };
}

it('adds calls to those of a former process, and none where calls are free', () => {
  const { report } = setUp();
  report.called('DESTINATION', false);
  report.called('DESTINATION', true);
  report.called('SOURCE', false);
  expect(report.calls()).toEqual([{ budgetId: 'bud_1', total: 7, throttled: 2 }]);
});

it('tells the calls for the plan from those for its steps, also in the process that goes on with them', () => {
  const { report } = setUp();
  report.called('DESTINATION', false);
  expect(report.calls()).toEqual([{ budgetId: 'bud_1', total: 6, throttled: 1 }]);
  report.planned();
  report.called('DESTINATION', false);
  report.planned();
  const planned = [{ budgetId: 'bud_1', total: 7, throttled: 1, planning: 6 }];
  expect(report.calls()).toEqual(planned);
  const next = new LiveReport(
    () => 0,
    { SOURCE: 'bud_2', DESTINATION: 'bud_1' },
    planned,
    () => undefined,
  );
  next.planned();
  next.called('SOURCE', false);
  expect(next.calls()).toEqual([...planned, { budgetId: 'bud_2', total: 1, throttled: 0, planning: 0 }]);
});

it('averages rates over the last ten seconds', () => {
  const { report, time } = setUp();
  for (let second = 0; second <= 20; second++) {
    time.now = second * 1000;
    report.progress('a', second * 100);
    report.sample(second <= 10 ? 0 : (second - 10) * 2);
  }
  report.inFlight(2, 500);
  expect(report.figures()).toEqual({ itemsInFlight: 2, bytesInFlight: 500, itemsPerSecond: 2, bytesPerSecond: 100 });
});

it('remembers since when it waits, and tells once it goes on', () => {
  const { report, time, waits } = setUp();
  report.waiting(new Date(60_000));
  time.now = 5_000;
  report.waiting(new Date(90_000));
  expect(report.wait).toEqual({ until: new Date(90_000), since: 0 });
  report.waiting(null);
  report.waiting(null);
  expect([report.wait, waits]).toEqual([null, [5_000]]);
});
