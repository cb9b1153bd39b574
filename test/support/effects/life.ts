import type { Destination, DirectBatch, DirectTransfers, Item, Platform, Source } from '@sluice/core/platform';
import type { EngineStore } from '@sluice/core/run';

/** Where a process dies: before or after its n-th effect, counted from 1. */
export interface Death {
  effect: number;
  moment: 'before' | 'after';
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * One life of the engine in this process. Its effects are numbered, one at a time; after its death nothing that it asks of
 * a platform or of the store is carried out or answered.
 */
export class Life {
  /** What was carried out, or was to be when it died. */
  readonly effects: string[] = [];
  private isDead = false;
  private die!: () => void;
  private readonly death: Promise<'DIED'>;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly end: Death | null) {
    this.death = new Promise((resolve) => {
      this.die = () => {
        this.isDead = true;
        resolve('DIED');
      };
    });
  }

  /** What the work gives, or that the process died over it. */
  live<T>(work: Promise<T>): Promise<T | 'DIED'> {
    return Promise.race([work, this.death]);
  }

  store(store: EngineStore): EngineStore {
    const guarded: Partial<Record<keyof EngineStore, unknown>> = {};
    return new Proxy(store, {
      get: (target, name: keyof EngineStore) => {
        const methods = target as unknown as Record<keyof EngineStore, (...given: unknown[]) => unknown>;
        return (guarded[name] ??= (...given: unknown[]) => (this.isDead ? never() : methods[name](...given)));
      },
    });
  }

  /** What is done there is told with these words at the end. */
  platform(inner: Platform, where = ''): Platform {
    const guarded: Platform = {
      kind: inner.kind,
      capabilities: inner.capabilities,
      limits: inner.limits,
      ...(inner.source && { source: this.source(inner.source) }),
      ...(inner.destination && { destination: this.destination(inner.destination, where) }),
      find: (address, call) => this.answer(() => inner.find(address, call)),
      check: (call, probe) => this.answer(() => inner.check(call, probe)),
      close: () => inner.close(),
    };
    INNER.set(guarded, inner);
    return guarded;
  }

  private source(inner: Source): Source {
    return {
      ...(inner.absence === undefined ? {} : { absence: inner.absence }),
      list: (request, call) => this.stream(inner.list(request, call)),
      ...(inner.changes && { changes: (request, call) => this.stream(inner.changes!(request, call)) }),
      open: (item, call, range) => this.stream(inner.open(item, call, range)),
    };
  }

  private destination(inner: Destination, where: string): Destination {
    const at = ({ parent, name }: Place) => `${[...parent.path, name].join('/')}${where}`;
    const pathOf = ({ path }: Item) => `${path.join('/')}${where}`;
    return {
      ensureFolder: (request, call) => this.effect(`make ${at(request)}`, () => inner.ensureFolder(request, call)),
      write: (request, call) => this.effect(`write ${at(request)}`, () => inner.write(request, call)),
      ...(inner.cost && { cost: inner.cost.bind(inner) }),
      ...(inner.denials && { denials: inner.denials.bind(inner) }),
      ...(inner.readBack && { readBack: (item, call) => this.stream(inner.readBack!(item, call)) }),
      ...(inner.remove && {
        remove: (request, call) => this.effect(`remove ${pathOf(request.item)}`, () => inner.remove!(request, call)),
      }),
      ...(inner.keepsReplaced === undefined ? {} : { keepsReplaced: inner.keepsReplaced }),
      ...(inner.restore && {
        restore: (request, call) => this.effect(`restore ${at(request)}`, () => inner.restore!(request, call)),
      }),
      ...(inner.move && {
        move: (item, to, call) => this.effect(`move ${pathOf(item)} to ${at(to)}`, () => inner.move!(item, to, call)),
      }),
      ...(inner.setFolderTime && {
        setFolderTime: (folder, time, call) =>
          this.effect(`time of ${pathOf(folder)}`, () => inner.setFolderTime!(folder, time, call)),
      }),
      ...(inner.describe && {
        describe: (item, fields, call) =>
          this.effect(`describe ${pathOf(item)}`, () => inner.describe!(item, fields, call)),
      }),
      ...(inner.direct && { direct: (source) => this.direct(inner.direct!(INNER.get(source) ?? source), at) }),
    };
  }

  /** A batch goes over file by file, so that each is an effect of its own. */
  private direct(inner: DirectTransfers | null, at: (place: Place) => string): DirectTransfers | null {
    if (inner === null) return null;
    const one = async (batch: DirectBatch, call: Parameters<DirectTransfers['carryOut']>[1]) => {
      const outcomes = [];
      for await (const outcome of inner.carryOut(batch, call)) outcomes.push(outcome);
      return outcomes;
    };
    const carryOut = async function* (this: Life, ...[batch, call]: Parameters<DirectTransfers['carryOut']>) {
      for (const transfer of batch.transfers)
        yield* await this.effect(`write ${at(transfer)}`, () => one({ ...batch, transfers: [transfer] }, call));
    };
    return { carryOut: carryOut.bind(this) };
  }

  private effect<T>(what: string, work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(() => this.carryOut(what, work));
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async carryOut<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.isDead) return never();
    const number = this.effects.push(what);
    if (this.dies(number, 'before')) return never();
    try {
      return await work();
    } finally {
      if (this.dies(number, 'after')) await never();
    }
  }

  private dies(effect: number, moment: Death['moment']): boolean {
    if (this.end?.effect !== effect || this.end.moment !== moment) return false;
    this.die();
    return true;
  }

  private answer<T>(work: () => Promise<T>): Promise<T> {
    return this.isDead ? never() : work();
  }

  private async *stream<T>(inner: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const value of inner) {
      if (this.isDead) await never();
      yield value;
    }
  }
}

const INNER = new WeakMap<Platform, Platform>();

interface Place {
  parent: Item;
  name: string;
}
