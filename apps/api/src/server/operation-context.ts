import type { Caller, Context } from '../graphql/context.js';
import type { Tracer } from '../tracing/tracer.js';
import type { Charge } from '../graphql/cost-bucket.js';

interface Origin {
  requestId: string;
  caller: Caller | null;
  address: string;
  tracer?: Tracer | undefined;
  setHeader?(name: string, value: string): void;
}

/** The context of one operation. */
export class OperationContext implements Context {
  readonly requestId: string;
  caller: Caller | null;
  readonly address: string;
  readonly tracer: Tracer | undefined;
  private madeLoaders: Map<unknown, unknown> | null = null;
  readonly startedAt = performance.now();
  status: number | null = null;
  /** Cost that the caller was charged for the operation; null until it is admitted. */
  charge: Charge | null = null;
  cursor: string | null = null;
  /** Whether the answer is the same for everybody, see `isPublic`. */
  isPublic = false;
  /** Whether the answer may be sent compressed, see `isFreeOfSecrets`. */
  mayCompress = false;

  constructor(
    private readonly origin: Origin,
    readonly deadline: Deadline,
  ) {
    this.requestId = origin.requestId;
    this.caller = origin.caller;
    this.address = origin.address;
    this.tracer = origin.tracer;
  }

  // No function that the constructor makes: V8 keeps such a one, and so the request, past the quick collections of garbage.
  setHeader(name: string, value: string): void {
    this.origin.setHeader?.(name, value);
  }

  get signal(): AbortSignal {
    return this.deadline.signal;
  }

  /** Made for the first who asks. */
  get loaders(): Map<unknown, unknown> {
    return (this.madeLoaders ??= new Map());
  }
}

/** Aborts its signal when the time of an operation is over or its client has disconnected. */
export class Deadline {
  /** Made for the first who asks: many operations end before anybody does. */
  private controller: AbortController | null = null;
  private reason: DOMException | null = null;
  private timer: NodeJS.Timeout | undefined;
  private readonly startedAt = performance.now();
  private tell: (() => void) | null = null;

  constructor(milliseconds: number) {
    this.set(milliseconds);
  }

  /** `tell` is called once, when the signal is aborted. */
  whenOver(tell: () => void): void {
    if (this.reason !== null) return tell();
    this.tell = tell;
  }

  /** Whether its signal is aborted or would be; much quicker than to ask the signal. */
  get isOver(): boolean {
    return this.reason !== null;
  }

  get signal(): AbortSignal {
    if (this.controller !== null) return this.controller.signal;
    this.controller = new AbortController();
    if (this.reason !== null) this.controller.abort(this.reason);
    return this.controller.signal;
  }

  /** Moves the deadline, counted from the beginning of the operation. */
  set(milliseconds: number): void {
    clearTimeout(this.timer);
    const left = Math.max(0, this.startedAt + milliseconds - performance.now());
    this.timer = setTimeout(() => this.raise('The operation took too long.', 'TimeoutError'), left);
    this.timer.unref();
  }

  clientLeft(): void {
    this.raise('The client left.', 'AbortError');
  }

  clear(): void {
    clearTimeout(this.timer);
  }

  private raise(message: string, name: string): void {
    clearTimeout(this.timer);
    if (this.reason !== null) return;
    this.reason = new DOMException(message, name);
    this.controller?.abort(this.reason);
    this.tell?.();
  }
}
