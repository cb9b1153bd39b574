import type { EnumOf } from '@sluice/client/graphql';
import { hasEnded } from '../../domain/run/run-states.js';
import type { RunData, RunMessage, Statistics } from './data.js';

export interface LogLine {
  sequence: number;
  occurredAt: string;
  severity: EnumOf<'Severity'>;
  /** State entered, for a line about a change of stage. */
  state: string | null;
  message: string;
}

/** What is known of a run from its stream. */
export interface Progress {
  /** Latest run that a message carried. */
  run: RunData | null;
  statistics: Statistics | null;
  /** Number of the latest durable event. */
  sequence: number;
  /** Latest lines by sequence, oldest first. */
  log: readonly LogLine[];
}

export const NO_PROGRESS: Progress = { run: null, statistics: null, sequence: 0, log: [] };

const LOG_LINES = 400;

/**
 * The run and its figures as they are now: as it was read, with what its stream has told since. Whether it is over is decided
 * once, by both, so that nothing of a page shows an end that the rest does not know of. An ended run changes by reading only.
 */
export function asOfNow<Read extends RunData>(
  read: Read,
  { run: told, statistics }: Pick<Progress, 'run' | 'statistics'>,
) {
  if (hasEnded(read.state)) return { run: read, statistics: read.statistics, isOver: true };
  const run: Read = { ...read, ...told, forecast: read.forecast };
  return { run, statistics: statistics ?? run.statistics, isOver: hasEnded(run.state) };
}

/**
 * Takes one message. Messages may come twice or, when history is read beside the stream, late: lines are kept by
 * sequence, and state and figures never go back.
 */
export function reduceProgress(progress: Progress, message: RunMessage): Progress {
  const base = message.isReset ? { ...NO_PROGRESS } : progress;
  const isNew = message.sequence > base.sequence;
  const next: Progress = { ...base, sequence: Math.max(base.sequence, message.sequence) };
  switch (message.kind) {
    case 'SNAPSHOT':
      return { ...next, run: message.run ?? next.run, statistics: newest(next.statistics, message.run?.statistics) };
    case 'STATISTICS':
      return { ...next, statistics: newest(next.statistics, message.statistics) };
    case 'STATE':
      return {
        ...next,
        run: isNew ? (message.run ?? next.run) : next.run,
        statistics: newest(next.statistics, message.run?.statistics),
        log: withLine(next.log, message),
      };
    case 'ITEM':
    case 'LOG':
      return { ...next, log: withLine(next.log, message) };
    default:
      return next;
  }
}

function newest(known: Statistics | null, arrived: Statistics | null | undefined): Statistics | null {
  if (!arrived) return known;
  return known && known.asOfSequence > arrived.asOfSequence ? known : arrived;
}

function withLine(
  log: readonly LogLine[],
  { sequence, occurredAt, severity, state, message, item }: RunMessage,
): readonly LogLine[] {
  if (log.some((line) => line.sequence === sequence)) return log;
  const text = item ? `${item.sourcePath ?? item.destinationPath ?? '/'}: ${item.message}` : (message ?? '');
  const line: LogLine = {
    sequence,
    occurredAt,
    severity: severity ?? (item ? 'WARNING' : 'INFO'),
    state,
    message: text,
  };
  const at = log.findLastIndex((other) => other.sequence < sequence) + 1;
  return [...log.slice(0, at), line, ...log.slice(at)].slice(-LOG_LINES);
}
