import { FakeClock } from '@sluice/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Hub } from '../live/hub.js';
import { createLog } from '../log.js';
import type { FromWorker, ToWorker } from './messages.js';
import { MAX_QUICK_ENDS, QUICK_END_MS } from './restarts.js';
import { Supervisor } from './supervisor.js';
import type { WorkerProcess } from './worker-process.js';

/** A worker process that does what the test says. */
class ScriptedWorker implements WorkerProcess {
  readonly received: ToWorker[] = [];
  wasKilled = false;
  private finish: (how: string) => void = () => undefined;
  readonly ended = new Promise<string>((resolve) => (this.finish = resolve));
  private listener: (message: FromWorker) => void = () => undefined;

  constructor(readonly pid: number) {}

  send(message: ToWorker): void {
    this.received.push(message);
  }

  onMessage(listener: (message: FromWorker) => void): void {
    this.listener = listener;
  }

  kill(): void {
    this.wasKilled = true;
    this.end('signal SIGKILL');
  }

  end(how: string): void {
    this.finish(how);
  }

  tell(message: FromWorker): void {
    this.listener(message);
  }
}

let clock: FakeClock;
let hub: Hub;
let started: ScriptedWorker[];
let lines: string[];
let supervisor: Supervisor;
beforeEach(() => {
  clock = new FakeClock();
  hub = new Hub();
  [started, lines] = [[], []];
  supervisor = new Supervisor({
    base: { clock, hub, log: createLog('info', { write: (line) => void lines.push(line) }) },
    demo: null,
    start: () => {
      const worker = new ScriptedWorker(started.length + 1);
      started.push(worker);
      return worker;
    },
  });
  supervisor.start();
});
afterEach(async () => {
  const stopped = supervisor.stop();
  newest().end('code 0');
  await stopped;
});

const newest = () => started.at(-1) as ScriptedWorker;
const settled = () => clock.advance(0);

describe('figures of the worker', () => {
  const figures = [] as never;

  it('are asked for once by all who want them at the same time, and told', async () => {
    const asked = [supervisor.measure(), supervisor.measure()];
    expect(newest().received.filter(({ kind }) => kind === 'MEASURE')).toHaveLength(1);
    newest().tell({ kind: 'MEASURED', figures });
    expect(await Promise.all(asked)).toEqual([figures, figures]);
  });

  it('are none where the worker does not answer in time', async () => {
    const asked = supervisor.measure();
    await clock.advance(2_000);
    expect(await asked).toBeNull();
  });
});

describe('the worker process', () => {
  it('begins with what it needs, and is told to be starting until it is ready', async () => {
    expect(newest().received).toEqual([{ kind: 'BEGIN', demo: null, followsCrash: false }]);
    expect(supervisor.status).toMatchObject({ state: 'STARTING', restartCount: 0, message: null });
    newest().tell({ kind: 'READY' });
    expect(supervisor.status.state).toBe('RUNNING');
  });

  it('is started again at once when it ends after a longer life', async () => {
    newest().tell({ kind: 'READY' });
    await clock.advance(QUICK_END_MS);
    newest().end('signal SIGKILL');
    await settled();
    expect(started).toHaveLength(2);
    expect(supervisor.status).toMatchObject({ state: 'STARTING', restartCount: 1 });
    expect(newest().received).toEqual([{ kind: 'BEGIN', demo: null, followsCrash: true }]);
    expect(lines.join('')).toContain('"end":"signal SIGKILL"');
  });

  it('that ends at once five times is down, is told in the log, and is still started again', async () => {
    for (let end = 1; end <= MAX_QUICK_ENDS; end++) {
      expect(supervisor.status.state).not.toBe('DOWN');
      newest().end('code 1');
      await settled();
      if (end < MAX_QUICK_ENDS) await clock.advance(1_000);
    }
    expect(supervisor.status).toMatchObject({
      state: 'DOWN',
      message: expect.stringContaining('The log says why') as string,
    });
    expect(lines.at(-1)).toContain('The worker process ends right after each start');
    expect(started).toHaveLength(MAX_QUICK_ENDS);
    await clock.advance(1_600);
    expect(started).toHaveLength(MAX_QUICK_ENDS + 1);
  });

  it('is down until it has lived longer than the ones before', async () => {
    for (let end = 1; end <= MAX_QUICK_ENDS; end++) {
      newest().end('code 1');
      await clock.advance(2_000);
    }
    newest().tell({ kind: 'READY' });
    expect(supervisor.status.state).toBe('DOWN');
    await clock.advance(QUICK_END_MS);
    expect(supervisor.status).toMatchObject({ state: 'RUNNING', message: null });
  });

  it('that answers no ping is replaced; one that answers is not', async () => {
    newest().tell({ kind: 'READY' });
    for (let ping = 0; ping < 20; ping++) {
      await clock.advance(10_000);
      newest().tell({ kind: 'PONG', isStoreFull: false });
    }
    expect(started).toHaveLength(1);
    await clock.advance(80_000);
    expect(started[0]?.wasKilled).toBe(true);
    expect(started).toHaveLength(2);
  });

  it('tells that the store is full', async () => {
    newest().tell({ kind: 'PONG', isStoreFull: true });
    expect(supervisor.isStoreFull).toBe(true);
  });

  it('and the API process wake each other', async () => {
    const rung: string[] = [];
    hub.listen('work', () => rung.push('work'));
    newest().tell({ kind: 'WAKE', channels: ['work'] });
    expect(rung).toEqual(['work']);
    for (const channel of ['run:1', 'run:2', 'run:1']) hub.wake(channel);
    await settled();
    expect(newest().received.slice(1)).toEqual([{ kind: 'WAKE', channels: ['run:1', 'run:2'] }]);
  });
});

describe('the end of the API process', () => {
  it('asks the worker to end, waits for it, and starts no other', async () => {
    const stopped = supervisor.stop();
    expect(newest().received.at(-1)).toEqual({ kind: 'STOP' });
    newest().end('code 0');
    await stopped;
    expect([started.length, newest().wasKilled, supervisor.status.state]).toEqual([1, false, 'STOPPED']);
  });

  it('does not wait for ever', async () => {
    await clock.runUntil(supervisor.stop());
    expect(newest().wasKilled).toBe(true);
  });

  it('does not wait for the next start of a worker', async () => {
    newest().end('code 1');
    await settled();
    await supervisor.stop();
    expect(started).toHaveLength(1);
  });
});
