import type { GraphQLError } from 'graphql';
import { requestError } from './errors.js';

/**
 * Time after which an operation lets timers, sockets and other requests have their turn. A page of a hundred entries takes
 * less: each field that is left then has to wait for a promise, which doubles what it costs.
 */
const TURN_MS = 20;
/** Quotes and colon around a field's name and the comma after its value, in the JSON of an answer. */
const PUNCTUATION_BYTES = 4;
const QUOTES_BYTES = 2;
/** Bytes of an instant with its quotes. */
const INSTANT_BYTES = 26;
/** Bytes of a value whose length is not looked at: a number, true, false or null. */
const SHORT_BYTES = 4;

/** The part of a context that tells how far its operation is. */
interface Watched {
  readonly signal: AbortSignal;
  progress?: Progress;
}

/** The progress of the operation that has the context; it begins when it is asked for first. */
export function progressOf(context: Watched, maxBytes: number): Progress {
  return (context.progress ??= new Progress(context.signal, maxBytes));
}

/** The error of an operation whose answer grew too large, null for every other. */
export function sizeErrorOf({ progress }: Watched): GraphQLError | null {
  return progress?.sizeError ?? null;
}

/** Progress of one operation: before each resolver it is asked whether the operation may go on. */
export class Progress {
  sizeError: GraphQLError | null = null;
  private bytes = 0;
  private turn = loopTurn();
  private turnEndsAt = performance.now() + TURN_MS;
  private othersTurn: Promise<void> | null = null;

  constructor(
    private readonly signal: AbortSignal,
    private readonly maxBytes: number,
  ) {}

  /**
   * A promise while others have their turn, null when the operation may go on at once. Throws the signal's reason once
   * its time is over or its client has left, and OPERATION_TOO_LARGE once its answer is too large.
   */
  next(): Promise<void> | null {
    if (this.sizeError !== null) throw this.sizeError;
    this.signal.throwIfAborted();
    if (this.othersTurn === null && this.isTurnOver()) this.othersTurn = this.yieldTurn();
    return this.othersTurn;
  }

  /** Counts a value of the answer, and gives it back. Throws OPERATION_TOO_LARGE when the answer has more bytes than allowed. */
  count<T>(name: string, value: T): T {
    this.bytes += name.length + PUNCTUATION_BYTES + bytesOf(value);
    if (this.bytes <= this.maxBytes) return value;
    throw (this.sizeError ??= requestError(
      'OPERATION_TOO_LARGE',
      `An answer has at most ${this.maxBytes} bytes. Ask for smaller pages or fewer fields.`,
    ));
  }

  /** While the operation waited, as for the store, others have had their turn. */
  private isTurnOver(): boolean {
    const now = performance.now();
    if (this.turn === loopTurn()) return now >= this.turnEndsAt;
    this.turn = loopTurn();
    this.turnEndsAt = now + TURN_MS;
    return false;
  }

  private async yieldTurn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.othersTurn = null;
  }
}

let turns = 0;
let isCounted = false;

/** Number of the turn of the event loop, of those in which it is asked for. */
function loopTurn(): number {
  if (!isCounted) {
    isCounted = true;
    setImmediate(() => {
      turns++;
      isCounted = false;
    });
  }
  return turns;
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value) + QUOTES_BYTES;
  if (typeof value !== 'object' || value === null) return SHORT_BYTES;
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + bytesOf(entry) + 1, 2);
  return value instanceof Date ? INSTANT_BYTES : SHORT_BYTES;
}
