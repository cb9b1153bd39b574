import { TransportError, GraphqlError } from './errors.js';
import { graphql, type EnumOf, type ResultOf } from './graphql.js';
import { operationOf } from './operation.js';
import { resumed, type Resuming, type Stream } from './resume.js';

const RunProgress = graphql(`
  subscription FollowRun($runId: ID!, $after: String, $minInterval: Duration!) {
    runProgress(runId: $runId, after: $after, minInterval: $minInterval) {
      cursor
      sequence
      occurredAt
      kind
      isReset
      state
      severity
      message
      run {
        id
        number
        state
        stateReason {
          code
          message
        }
        waitingUntil
      }
      item {
        id
        sourcePath
        destinationPath
        outcome
        reason
        message
        remedy
      }
      statistics {
        itemsDiscovered
        itemsPlanned
        itemsDone
        bytesPlanned
        bytesDone
        bytesPerSecond
        progress
        expectedFinishAt
        outcomes {
          outcome
          itemCount
        }
      }
    }
  }
`);

export const StateOfRun = graphql(`
  query StateOfRun($runId: ID!) {
    run(id: $runId) {
      state
    }
  }
`);

type RunProgress = ResultOf<typeof RunProgress>;

/** What is told of a run: a snapshot first unless a cursor is given, then each event, and figures at intervals. */
export type RunEvent = NonNullable<RunProgress['runProgress']>;

export type RunState = EnumOf<'RunState'>;

const ENDED: ReadonlySet<RunState> = new Set([
  'CANCELED',
  'CARRIED_OVER',
  'FAILED',
  'SUCCEEDED',
  'SUCCEEDED_WITH_ISSUES',
]);

/** Whether nothing more happens in a run of this state. */
export const hasEnded = (state: RunState): boolean => ENDED.has(state);

export interface FollowOptions {
  /** Cursor of the last event that was seen; absent: begin with a snapshot. */
  after?: string | null;
  /** Least time between two figures, `PT0.25S` to `PT60S`. */
  minInterval?: string;
  signal?: AbortSignal;
  /** Told each time the connection breaks and is going to be tried again. */
  onBreak?: (error: Error) => void;
}

export interface Following extends Resuming {
  /** State of a run now, null when there is no such run. */
  stateOf: (runId: string, signal: AbortSignal) => Promise<RunState | null>;
}

/** A server that shuts down may complete its streams: how long to wait before the next look. */
const EARLY_END_MS = 1_000;

/** Events of a run until it has ended, without loss or repetition across broken connections and restarts of the server. */
export async function* followRun(
  parts: Following,
  runId: string,
  { after = null, minInterval = 'PT1S', signal = new AbortController().signal, onBreak }: FollowOptions,
): AsyncGenerator<RunEvent> {
  const { query } = operationOf(RunProgress);
  const stream: Stream<RunEvent> = { query, variables: { runId, minInterval }, after, signal, read };
  for (;;) {
    let isOver = false;
    for await (const event of resumed({ ...parts, onBreak }, stream)) {
      stream.after = event.cursor;
      isOver = endsWith(event);
      yield event;
    }
    if (isOver || (await isGone(parts, runId, signal))) return;
    await parts.clock.sleep(EARLY_END_MS, signal);
  }
}

/** Whether nothing more can come of a run: it has ended or was deleted. */
async function isGone({ stateOf }: Following, runId: string, signal: AbortSignal): Promise<boolean> {
  const state = await stateOf(runId, signal);
  return state === null || hasEnded(state);
}

function endsWith({ state, run }: RunEvent): boolean {
  const reached = state ?? run?.state;
  return reached !== undefined && hasEnded(reached);
}

function read(data: unknown): { event: RunEvent; cursor: string } {
  const event = (data as RunProgress | null)?.runProgress;
  if (event === null) throw noSuchRun();
  if (typeof event?.cursor !== 'string') throw new TransportError('MALFORMED', 'The server sent no event of a run.');
  return { event, cursor: event.cursor };
}

const noSuchRun = () =>
  new GraphqlError([{ message: 'There is no such run.', extensions: { code: 'BAD_USER_INPUT' } }]);
