import DataLoader from 'dataloader';
import { requestError } from './errors.js';
import { prefixOf } from './ids.js';
import type { Progress } from './progress.js';
import type { Scope } from './scopes.js';
import type { Tracer } from '../tracing/tracer.js';

/** Who sends a request. */
export interface Caller {
  actorId: string;
  /** Identifier of the person who signed in, or who made the token; limits per person are counted under it. */
  personId: string;
  kind: 'USER' | 'TOKEN';
  displayName: string;
  scopes: ReadonlySet<Scope>;
  /** Null for a token. */
  sessionId: string | null;
  expiresAt: Date | null;
}

/** What every resolver is given. Services are fields of the resolvers' classes. */
export interface Context {
  readonly requestId: string;
  /** Null when nobody is signed in; becomes the person after `signIn`. */
  caller: Caller | null;
  /** Address of the client. */
  readonly address: string;
  /** Aborted at the deadline of the operation and when the client disconnects. */
  readonly signal: AbortSignal;
  /** Status of the HTTP answer, where it is not the usual one. */
  status: number | null;
  /** Sets a header of the HTTP answer; without effect on a WebSocket. */
  setHeader(name: string, value: string): void;
  /** Object that a refused mutation was about, where its arguments do not name it. */
  concerned?: string | null;
  readonly loaders: Map<unknown, unknown>;
  /** Absent where nothing is traced. */
  readonly tracer?: Tracer | undefined;
  /** How far the operation is; made at its first field. */
  progress?: Progress;
  /** Cursor of the newest event when the operation began; null when the operation does not ask for it. */
  readonly cursor: string | null;
}

export function requireCaller(context: Context): Caller {
  if (context.caller === null) throw requestError('UNAUTHENTICATED', 'Sign in or send a token.');
  return context.caller;
}

/** Throws FORBIDDEN unless the caller has the scope. */
export function requireScope(context: Context, scope: Scope): void {
  if (!requireCaller(context).scopes.has(scope)) throw requestError('FORBIDDEN', `This needs the right ${scope}.`);
}

export function hasScope(context: Context, scope: Scope): boolean {
  return context.caller?.scopes.has(scope) ?? false;
}

/** Gives one value per id, null for what is missing. */
type Load<T> = (ids: readonly string[]) => Promise<readonly (T | null)[]>;

/** Objects of one kind by their identifiers: each is read once within a request, those of one turn together. */
export class Loader<T> {
  private readonly known = new Map<string, T | null>();
  private readonly reads: DataLoader<string, T | null>;

  constructor(load: Load<T>) {
    const read = async (ids: readonly string[]) => {
      const values = await load(ids);
      ids.forEach((id, index) => this.known.set(id, values[index] ?? null));
      return values;
    };
    this.reads = new DataLoader<string, T | null>(read, { maxBatchSize: 500 });
  }

  /** An object that was read before is given without a promise: graphql-js makes one of every object that holds one. */
  load(id: string): T | null | Promise<T | null> {
    const known = this.known.get(id);
    return known === undefined ? this.reads.load(id) : known;
  }

  /** Reads objects that are asked for soon. An error is told to whoever asks for the object. */
  async readAhead(ids: readonly (string | null)[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => id !== null && !this.known.has(id)) as string[];
    if (missing.length > 0) await this.reads.loadMany(missing);
  }
}

/** The request's loader of that key, made at first use. */
export function loaderOf<T>(context: Context, key: unknown, load: Load<T>): Loader<T> {
  const known = context.loaders.get(key) as Loader<T> | undefined;
  if (known !== undefined) return known;
  const loader = new Loader<T>(context.tracer?.isOn ? tracedLoad(load, context.tracer) : load);
  context.loaders.set(key, loader);
  return loader;
}

/** With a span for each batch of objects that is read. */
const tracedLoad =
  <T>(load: Load<T>, tracer: Tracer): Load<T> =>
  (ids) =>
    tracer.span('load', { 'sluice.load.kind': prefixOf(ids[0] ?? ''), 'sluice.load.objects': ids.length }, () =>
      load(ids),
    );

/** Puts rows in the order of their ids. */
export function inOrder<T extends { id: string }>(ids: readonly string[], rows: readonly T[]): (T | null)[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}
