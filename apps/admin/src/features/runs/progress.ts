import type { EnumOf } from '@sluice/client/graphql';
import type { RunData, RunMessage, Statistics } from './data.js';
import type { ItemData } from '../../domain/item/item-data.js';

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
  /** Items that were flagged or wait for another try, latest first. */
  problems: readonly ItemData[];
}

export const NO_PROGRESS: Progress = { run: null, statistics: null, sequence: 0, log: [], problems: [] };

const LOG_LINES = 400;
const PROBLEM_ITEMS = 12;

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
      return message.item ? { ...next, problems: withItem(next.problems, message.item, isNew) } : next;
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
  { sequence, occurredAt, severity, state, message }: RunMessage,
): readonly LogLine[] {
  if (log.some((line) => line.sequence === sequence)) return log;
  const line: LogLine = { sequence, occurredAt, severity: severity ?? 'INFO', state, message: message ?? '' };
  const at = log.findLastIndex((other) => other.sequence < sequence) + 1;
  return [...log.slice(0, at), line, ...log.slice(at)].slice(-LOG_LINES);
}

function withItem(items: readonly ItemData[], item: ItemData, isNew: boolean): readonly ItemData[] {
  const others = items.filter((other) => other.id !== item.id);
  if (others.length < items.length && !isNew) return items;
  return (isNew ? [item, ...others] : [...others, item]).slice(0, PROBLEM_ITEMS);
}
