import type {
  Address,
  Call,
  Destination,
  Details,
  Item,
  ListingProof,
  ListProblem,
  ListRequest,
  RestoreRequest,
  Source,
  Trash,
  WriteRequest,
  Written,
} from '../../platform/index.js';
import type { Seed } from '../seed.js';
import { collect, contentOf } from './bytes.js';
import type { Need, PlatformHarness } from './harness.js';

/** What a listing yielded; the proof with its place among the entries, counted from one. */
export interface Listing {
  items: Item[];
  problems: ListProblem[];
  proof: (ListingProof & { place: number }) | null;
  entries: number;
}

/** Registers one test for one promise; skipped with the reason when the platform lacks what it needs. */
export type Promises = (promise: string, needs: readonly Need[], body: (bench: Bench) => Promise<void>) => void;

/** A harness with the words in which the promises are written. Paths are relative to the harness's root. */
export class Bench {
  constructor(readonly harness: PlatformHarness) {}

  get platform() {
    return this.harness.platform;
  }

  get source(): Source {
    if (!this.platform.source) throw new Error('The platform has no source.');
    return this.platform.source;
  }

  get destination(): Destination {
    if (!this.platform.destination) throw new Error('The platform has no destination.');
    return this.platform.destination;
  }

  call(overrides: Partial<Call> = {}): Call {
    return { ...this.harness.call(), ...overrides };
  }

  now(): Date {
    return this.harness.now?.() ?? new Date();
  }

  path(path = ''): string[] {
    return [...(this.harness.root ?? []), ...(path === '' ? [] : path.split('/'))];
  }

  async find(path: string, details?: Details): Promise<Item | null> {
    return this.platform.find({ path: this.path(path) }, this.call(), details);
  }

  async existing(path: string, details?: Details): Promise<Item> {
    const item = await this.find(path, details);
    if (!item) throw new Error(`“${path}” was not found.`);
    return item;
  }

  root(): Promise<Item> {
    return this.existing('');
  }

  async seed(...entries: Seed[]): Promise<void> {
    if (this.harness.seed) await this.harness.seed(entries);
    else for (const entry of entries) await this.seedByWriting(entry);
  }

  private async seedByWriting(entry: Seed): Promise<void> {
    const path = entry.path.split('/');
    const folders = entry.bytes === undefined ? path : path.slice(0, -1);
    let parent = await this.root();
    for (const name of folders) parent = await this.destination.ensureFolder({ parent, name }, this.call());
    if (entry.bytes === undefined) return;
    const bytes = typeof entry.bytes === 'string' ? new TextEncoder().encode(entry.bytes) : entry.bytes;
    const replaces = (await this.find(entry.path)) ?? undefined;
    const content = contentOf(bytes);
    await this.destination.write({ parent, name: path.at(-1) ?? '', content, replaces }, this.call());
  }

  /** Everything below a folder, in the order of the listing. */
  async list(folder: Address = { path: this.path() }, isShallow = false): Promise<Item[]> {
    const { items, problems } = await this.listing(folder, { isShallow });
    if (problems.length > 0) throw new Error('The listing has problems.', { cause: problems });
    return items;
  }

  /** `entries` counts what came up to and with the proof. */
  async listing(folder: Address, how: Pick<ListRequest, 'isShallow' | 'rules' | 'details'> = {}): Promise<Listing> {
    const listing: Listing = { items: [], problems: [], proof: null, entries: 0 };
    for await (const entry of this.source.list({ folder, ...how }, this.call())) {
      listing.entries += 1;
      if (entry.type === 'item') listing.items.push(entry.item);
      else if (entry.type === 'problem') listing.problems.push(entry.problem);
      else if (entry.type === 'end') listing.proof = { ...entry.proof, place: listing.entries };
    }
    return listing;
  }

  /** Sorted paths of everything below the root, folders with `/` at the end; empty when the platform is no source. */
  async names(): Promise<string[]> {
    if (!this.platform.source) return [];
    const depth = this.path().length;
    const name = (item: Item) => item.path.slice(depth).join('/') + (item.kind === 'FOLDER' ? '/' : '');
    return (await this.list()).map(name).sort();
  }

  /** Bytes that are there now, through whichever role can read. */
  async read(item: Item): Promise<Uint8Array> {
    if (this.platform.source) return collect(this.platform.source.open(item, this.call()));
    if (this.destination.readBack) return collect(this.destination.readBack(item, this.call()));
    throw new Error('The platform cannot be read.');
  }

  async remove(item: Item, way: 'RESTORABLE' | 'FOR_GOOD' = 'RESTORABLE', time = this.now()): Promise<void> {
    if (!this.destination.remove) throw new Error('The platform cannot remove.');
    return this.destination.remove({ item, trash: this.trash(way === 'FOR_GOOD' ? null : time) }, this.call());
  }

  trash(at: Date | null): Trash {
    return { root: this.path(), at };
  }

  async restore(request: Omit<RestoreRequest, 'parent'> & { parent?: Item }): Promise<Item> {
    if (!this.destination.restore) throw new Error('The platform brings nothing back.');
    return this.destination.restore({ parent: await this.root(), ...request }, this.call());
  }

  async write(name: string, bytes: Uint8Array, more: Partial<WriteRequest> = {}): Promise<Written> {
    return this.destination.write({ parent: await this.root(), name, content: contentOf(bytes), ...more }, this.call());
  }
}
