import { pathSegments, type SideWords } from '../plan/index.js';
import { identityOf, PlatformError, type Call, type Item } from '../platform/index.js';
import { callTo, type ActiveContext } from './context.js';

const MAX_REMEMBERED_FOLDERS = 5_000;

/** Finds the destination folder of a step: created a moment ago, being created right now, or as it was listed. */
export class DestinationFolders {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly failed = new Map<string, unknown>();
  private readonly lookups = new Map<string, Promise<Item | null>>();
  private readonly remembered = new Map<string, { item: Item; isListed: boolean }>();

  constructor(private readonly context: ActiveContext) {}

  /** Announces that a step is about to create the folder; steps below it wait for the result. */
  announce(key: string, creation: Promise<Item>): void {
    this.failed.delete(key);
    if (this.context.undo) this.remembered.clear();
    const settled = creation.then(
      (item) => this.remember(key, item, false),
      (error: unknown) => void this.failed.set(key, error),
    );
    this.underWay.set(
      key,
      settled.finally(() => this.underWay.delete(key)),
    );
  }

  /**
   * With an identity, the folder that came there along with a move: what was listed at that key is another one. Throws what
   * kept the folder from being created.
   */
  async get(key: string, folderId: string | null = null): Promise<Item> {
    await this.underWay.get(key);
    const item = folderId === null ? await this.standing(key) : await this.comeAlong(key, folderId);
    if (item) return item;
    const cause = this.failed.get(key);
    throw new PlatformError(
      cause instanceof PlatformError ? cause.kind : 'PLATFORM_ERROR',
      missingFolder(cause, this.context.words),
      {
        retry: 'later',
        remedy: 'Solve the problem of the folder, then retry.',
      },
    );
  }

  /** Creates the job's destination folder and those above it, as far as they are missing. */
  async ensureRoot(call: Call): Promise<void> {
    const { store, destination, destinationRoot } = this.context;
    if (await store.destinationByKey('')) return;
    const path = [...destinationRoot];
    let folder = await deepestExisting(this.context, call);
    for (const name of path.slice(folder.path.length)) {
      folder = await destination.destination!.ensureFolder(
        { parent: folder, name, inDoubtSince: new Date(this.context.clock.now()) },
        call,
      );
    }
    // Without it nothing below could be told from what another disk at its place would show.
    await destination.destination!.durability?.settle?.(call);
    await store.stage('DESTINATION', [{ key: '', item: folder }]);
  }

  /** An undo changes the places of folders back and forth: what was listed at a place may not stand there any more. */
  private standing(key: string): Promise<Item | null> {
    return this.context.undo ? this.found(key) : this.listed(key);
  }

  private async found(key: string): Promise<Item | null> {
    const known = this.remembered.get(key);
    if (known || this.failed.has(key)) return known?.item ?? null;
    const { destination, destinationRoot, control } = this.context;
    const path = [...destinationRoot, ...pathSegments(key)];
    const found = await destination.find({ path }, callTo('DESTINATION', this.context, control.signal));
    if (found?.kind !== 'FOLDER') return null;
    this.remember(key, found, false);
    return found;
  }

  private async listed(key: string): Promise<Item | null> {
    const known = this.remembered.get(key);
    if (known) return known.item;
    return this.lookups.get(key) ?? this.lookUp(key);
  }

  /** Steps of one folder come at about the same time: it is looked up once for all of them. */
  private lookUp(key: string): Promise<Item | null> {
    const lookup = this.context.store.destinationByKey(key).then((staged) => {
      if (staged) this.remember(key, staged.item, true);
      return staged?.item ?? null;
    });
    const ended = lookup.finally(() => this.lookups.delete(key));
    this.lookups.set(key, ended);
    return ended;
  }

  private async comeAlong(key: string, folderId: string): Promise<Item | null> {
    const known = this.remembered.get(key);
    const isIt = (item: Item | null) => item?.kind === 'FOLDER' && isFolder(item, folderId);
    if (known && !known.isListed && isIt(known.item)) return known.item;
    if (this.failed.has(key)) return null;
    const { store, destination, destinationRoot, control } = this.context;
    const path = [...destinationRoot, ...pathSegments(key)];
    const found = await destination.find({ path }, callTo('DESTINATION', this.context, control.signal));
    if (!isIt(found)) return null;
    // Its time is kept once all is written, as that of every folder.
    if (!(await store.destinationByKey(key))) await store.stage('DESTINATION', [{ key, item: found! }]);
    this.remember(key, found!, false);
    return found;
  }

  private remember(key: string, item: Item, isListed: boolean): void {
    if (this.remembered.size >= MAX_REMEMBERED_FOLDERS) this.remembered.delete(this.remembered.keys().next().value!);
    this.remembered.set(key, { item, isListed });
  }
}

/** Where a platform tells no identity, a folder has none that outlasts a move. */
const isFolder = (item: Item, id: string) => item.identity === null || identityOf(item) === id;

const missingFolder = (cause: unknown, { to }: SideWords) =>
  cause instanceof PlatformError
    ? `Its folder could not be made or moved at the ${to}: ${cause.message}`
    : `Its folder could not be made or moved at the ${to}.`;

async function deepestExisting({ destination, destinationRoot, words }: ActiveContext, call: Call): Promise<Item> {
  for (let depth = destinationRoot.length; depth >= 0; depth--) {
    const found = await destination.find({ path: destinationRoot.slice(0, depth) }, call);
    if (found?.kind === 'FOLDER') return found;
    if (found)
      throw new PlatformError(
        'NAME_TAKEN',
        `"/${destinationRoot.slice(0, depth).join('/')}" at the ${words.to} is a file.`,
      );
  }
  throw new PlatformError('NOT_FOUND', `The root of the ${words.to} does not exist.`);
}
