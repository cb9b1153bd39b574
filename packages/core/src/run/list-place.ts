import {
  identityOf,
  PlatformError,
  unpackItems,
  type Call,
  type Details,
  type Item,
  type ItemKind,
  type ItemRule,
  type ListingProof,
  type ListProblem,
  type PackedListing,
  type Platform,
} from '../platform/index.js';
import { pathKey } from '../plan/index.js';
import { unprovenBecause } from '../prove/index.js';
import { partsOf } from './list.js';
import { Sifter } from './sifter.js';

export interface PlaceRequest {
  platform: Platform;
  /** Path from the connection's root. */
  root: readonly string[];
  rules: readonly ItemRule[];
  kinds: readonly ItemKind[];
  /** Epoch milliseconds, from which the ages of filters count. */
  now: number;
  /** What is to be told of items beyond what costs nothing; absent: nothing. */
  details?: Details;
  /** See `ListRequest`. */
  joinsVersions?: boolean;
}

/** Items and places that could not be listed; keys are relative to the root, see `pathKey`. */
export interface PlacePart {
  items: { key: string; item: Item }[];
  problems: { key: string; problem: ListProblem }[];
}

/** One listing of a place by the filters and kinds of a job, for whoever compares without planning. */
export class PlaceListing {
  private readonly sifter: Sifter;
  /** Folders that no filter takes by themselves, by key. */
  private readonly onTheWay = new Map<string, Item>();

  constructor(private readonly request: PlaceRequest) {
    this.sifter = new Sifter(request.rules, request.root, request.now, request.kinds);
  }

  /**
   * Everything in scope below the place, parents first. Throws a `PlatformError` where the place cannot be listed, and at the
   * end where what the listing lacks may be there nevertheless.
   */
  async *parts(root: Item, call: Call): AsyncGenerator<PlacePart, void, undefined> {
    const { platform, root: path, details, joinsVersions } = this.request;
    if (platform.source === undefined) throw new PlatformError('REJECTED', 'The platform cannot be listed.');
    this.sifter.begin();
    const rules = this.sifter.isEmpty ? {} : { rules: this.sifter.rules };
    const request = { folder: { path }, ...rules, details, joinsVersions };
    let arrived = 0;
    let proof: ListingProof | null = null;
    for await (const part of partsOf(platform.source, request, call)) {
      for (const { count } of part.folders) arrived += count;
      proof ??= part.proof;
      yield { items: this.inScope(part.folders), problems: this.problemsIn(part.problems) };
    }
    const reason = unprovenBecause({ proof, arrived, root: identityOf(root) });
    if (reason !== null) throw new PlatformError('PLATFORM_ERROR', reason, { remedy: 'Try it again later.' });
  }

  /** Once the listing ended: whether a folder is there only on the way to items of which the filters take none. */
  isInVain(key: string): boolean {
    const folder = this.onTheWay.get(key);
    return folder !== undefined && this.sifter.isOnlyOnTheWay(folder) && !this.sifter.hasFileBelow(key);
  }

  private inScope(folders: PackedListing['folders']): PlacePart['items'] {
    const staged = folders.map((items) => ({ key: this.keyOf(items.folder), items }));
    const kept = this.sifter.isEmpty ? staged : this.sifter.sift(staged).kept;
    const listed = kept.flatMap(({ items }) => unpackItems(items));
    return listed
      .filter(({ kind }) => this.request.kinds.includes(kind))
      .map((item) => {
        const key = this.keyOf(item.path);
        if (this.sifter.isOnlyOnTheWay(item)) this.onTheWay.set(key, item);
        return { key, item };
      });
  }

  private problemsIn(problems: readonly ListProblem[]): PlacePart['problems'] {
    return this.sifter.problemsIn(problems.map((problem) => ({ key: this.keyOf(problem.path), problem })));
  }

  private keyOf(path: readonly string[]): string {
    return pathKey(path.slice(this.request.root.length));
  }
}
