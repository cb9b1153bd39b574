import { defaultPolicies, type Step, type Transfer } from '../plan/index.js';
import type { Item, WriteRequest } from '../platform/index.js';
import {
  createMemoryPlatform,
  item,
  MemoryEngineStore,
  quietRun,
  step,
  type MemoryPlatformOptions,
} from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import { claimed } from './claimed.testing.js';
import { FileTransfer } from './file-transfer.js';
import type { ClaimedStep } from './ports/index.js';

/** SHA-256 of “some bytes”. */
export const SHA_256 = '0d22cdcc10e6d049dbe1af5123d50873fdfc1a4f58306e58cb6241be9472014d';
const ROOT = item('', { id: 'root', kind: 'FOLDER', size: null });
export type Given = Partial<Omit<Transfer, 'type'>>;

/** A file `a` of the bytes “some bytes”, and what is done about it until it stands at the destination. */
export class House {
  readonly source = createMemoryPlatform();
  readonly destination;
  readonly store = new MemoryEngineStore();
  readonly done: string[] = [];
  readonly revised: Step[] = [];
  readonly progress: string[] = [];
  readonly requests: WriteRequest[] = [];
  readonly file: Item;
  policies = defaultPolicies('COPY');

  constructor(options: MemoryPlatformOptions = {}) {
    this.destination = createMemoryPlatform(options);
    this.file = this.put('source', 'a', 'some bytes');
    const write = this.destination.destination!.write.bind(this.destination.destination);
    Object.assign(this.destination.destination!, {
      write: (...given: Parameters<typeof write>) => {
        this.requests.push(given[0]);
        return write(...given);
      },
    });
    for (const platform of [this.source, this.destination])
      platform.onOperation(({ operation, moment, path }) => {
        if (moment === 'before') this.done.push(`${operation} ${path.join('/')}`);
      });
  }

  put(side: 'source' | 'destination', path: string, bytes: string): Item {
    this[side].seed([{ path, bytes }]);
    return this[side].item(path)!;
  }

  transfer(over: Given = {}, of: Partial<ClaimedStep> = {}): FileTransfer {
    const { source, destination, store, policies } = this;
    const report = {
      ...quietRun().report,
      progress: (id: string, bytes: number) => this.progress.push(`${id}: ${bytes}`),
    };
    const context = activeContext({ source, destination, store, policies, report });
    const given = claimed(step('a', { source: this.file, ...over }), of);
    return new FileTransfer(given, context, destination.destination!, ROOT, context.control.signal);
  }

  readonly intent = {
    begin: async () => void this.done.push('begin'),
    hashed: async (sha256: string) => void this.done.push(sha256 === SHA_256 ? 'hashed' : `hashed ${sha256}`),
    revise: async (next: Step) => void this.revised.push(next),
  };

  carryOut = (over?: Given, of?: Partial<ClaimedStep>) => this.transfer(over, of).carryOut(this.intent);
  foundThere = (over?: Given) => this.transfer(over).foundThere(this.intent);
  text = (path: string) => new TextDecoder().decode(this.destination.bytes(path) ?? undefined);

  /** A step that replaces a file of these bytes. */
  replacing(bytes: string, over: Given = {}): Given {
    const existing = this.put('destination', 'a', bytes);
    return { action: 'UPDATE', reason: 'CONTENT_CHANGED', existing, ...over };
  }
}
