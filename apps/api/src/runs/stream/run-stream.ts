import { isEnded, type RunEventKind, type RunState, type Severity } from '@sluice/core/job';
import type { RunEventRow, RunRow } from '../../db/row-types.js';
import type { Base } from '../../base.js';
import { requestError } from '../../graphql/errors.js';
import { invalidCursor } from '../../graphql/cursors.js';
import { follow } from '../../live/follow.js';
import { eventChannel } from './channels.js';
import type { RunStore } from '../reading/run.store.js';
import { statisticsOf, type Statistics } from '../reading/statistics.js';

/** A message in the stream of one run; `runId` and `stepId` lead to what it is about. */
export interface StreamedEvent {
  runId: string;
  cursor: string;
  sequence: number;
  occurredAt: Date;
  kind: RunEventKind;
  isReset: boolean;
  state: RunState | null;
  stepId: string | null;
  statistics: Statistics | null;
  severity: Severity | null;
  message: string | null;
}

const MIN_INTERVAL_MS = 250;
const MAX_INTERVAL_MS = 60_000;

/** Streams of the events of one run, and of its figures. */
export class RunStream {
  constructor(
    private readonly base: Base,
    private readonly store: RunStore,
  ) {}

  /**
   * Without a usable cursor a SNAPSHOT comes first, then every later durable event once and in order, and figures at most
   * every `minInterval` milliseconds. Ends after the run's last STATE. Throws CURSOR_INVALID, SLOW_CONSUMER.
   */
  async *follow(
    runId: string,
    cursor: string | null,
    minInterval: number,
    signal: AbortSignal,
  ): AsyncGenerator<StreamedEvent, void, undefined> {
    if (minInterval < MIN_INTERVAL_MS || minInterval > MAX_INTERVAL_MS) {
      throw requestError('BAD_USER_INPUT', 'minInterval must be from PT0.25S to PT60S.');
    }
    const run = await this.store.byId(runId);
    if (run === null) throw requestError('BAD_USER_INPUT', 'There is no such run.');
    const known = cursor === null ? null : sequenceOf(cursor, run);
    const isReset = known !== null && known + 1 < (await this.store.firstEvent(run));
    const isSnapshot = known === null || isReset;
    if (isSnapshot) yield this.snapshot(run, isReset);
    const after = isSnapshot ? run.eventCount : known;
    if (!isSnapshot) this.base.meter.replayed(run.eventCount - after);
    if (isEnded(run.state) && after >= run.eventCount) return;
    yield* this.later(runId, after, minInterval, signal);
  }

  private later(runId: string, after: number, minInterval: number, signal: AbortSignal) {
    let last = '';
    const figures = async (sequence: number): Promise<StreamedEvent | null> => {
      const run = await this.store.byId(runId);
      if (run === null) return null;
      const statistics = statisticsOf(run);
      const { run: _run, ...shown } = statistics;
      const text = JSON.stringify(shown);
      if (text === last) return null;
      last = text;
      return { ...this.passing(runId, sequence), kind: 'STATISTICS', statistics };
    };
    return follow<StreamedEvent, number>(async () => ({
      listen: (ring) => this.base.hub.listen(eventChannel(runId), ring),
      clock: this.base.clock,
      signal,
      after,
      read: async (position, limit) => ({
        events: (await this.store.events(runId, position, limit)).map(toStreamed),
      }),
      positionOf: (event) => event.sequence,
      cursorOf: (sequence) => cursorOf(runId, sequence),
      isLast: (event) => event.kind === 'STATE' && event.state !== null && isEnded(event.state),
      figures: { read: figures, minInterval },
      pollInterval: this.base.changes.pollInterval,
      queue: this.base.config.limits.eventQueue,
    }));
  }

  private snapshot(run: RunRow, isReset: boolean): StreamedEvent {
    return { ...this.passing(run.id, run.eventCount), kind: 'SNAPSHOT', isReset };
  }

  private passing(runId: string, sequence: number): Omit<StreamedEvent, 'kind'> {
    return {
      runId,
      cursor: cursorOf(runId, sequence),
      sequence,
      occurredAt: new Date(this.base.clock.now()),
      isReset: false,
      state: null,
      stepId: null,
      statistics: null,
      severity: null,
      message: null,
    };
  }

  /** Durable events in order, at most `first`, of these kinds or of all. Throws CURSOR_INVALID and CURSOR_EXPIRED. */
  async list(
    run: RunRow,
    cursor: string | null,
    first: number,
    kinds: readonly RunEventKind[] | null = null,
  ): Promise<StreamedEvent[]> {
    const after = cursor === null ? 0 : sequenceOf(cursor, run);
    const oldest = await this.store.firstEvent(run);
    if (cursor !== null && after + 1 < oldest) {
      const oldestCursor = cursorOf(run.id, oldest - 1);
      throw requestError('CURSOR_EXPIRED', 'The events after this cursor are no longer kept.', { oldestCursor });
    }
    return (await this.store.events(run.id, after, first, kinds)).map(toStreamed);
  }
}

export function toStreamed(row: RunEventRow): StreamedEvent {
  const { runId, sequence } = row;
  return { ...row, cursor: cursorOf(runId, sequence), isReset: false, statistics: null };
}

export function cursorOf(runId: string, sequence: number): string {
  return Buffer.from(`r1:${runId}:${sequence}`).toString('base64url');
}

function sequenceOf(cursor: string, run: RunRow): number {
  const [version, runId, text] = Buffer.from(cursor, 'base64url').toString().split(':');
  const sequence = /^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (version !== 'r1' || runId !== run.id || !(sequence <= run.eventCount)) throw invalidCursor();
  return sequence;
}
