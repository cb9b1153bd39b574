import { seen, stateOf, type Sighting, type Triple } from '../pair/index.js';
import type { Decision, Side } from '../plan/index.js';
import type { ActiveContext } from './context.js';
import { listedHash } from './listed-hash.js';
import { isUnreadable } from './one-item.js';

/** Items that are held until the plan stands. */
const MOST_TOLD_ITEMS = 10_000;

/**
 * Looks for equal content before a change is believed: a file of the size that the ledger knows, under another version, is
 * read. What was found to differ and stays so is remembered with the ledger, so that nothing is read twice.
 */
export class EqualContent {
  private readonly telling: { id: string; versions: string }[] = [];

  constructor(private readonly context: ActiveContext) {}

  /** The triple with the SHA-256 of what was read. */
  async told(triple: Triple): Promise<Triple> {
    const { base, source, destination } = triple;
    const state = stateOf(triple);
    if (state.base !== 'KNOWN' || !base?.sha256 || isJudged(triple)) return triple;
    const isOpen = { source: state.source === 'changed', destination: state.destination === 'changed' };
    if (!isOpen.source && !isOpen.destination) return triple;
    return {
      base,
      source: isOpen.source ? await this.hashed('SOURCE', source, base.sourceSize) : source,
      destination: isOpen.destination
        ? await this.hashed('DESTINATION', destination, base.destinationSize)
        : destination,
    };
  }

  /** A file that cannot be read is as its listing tells it; whoever needs its content finds out why. */
  private async hashed(side: Side, sighting: Sighting, knownSize: number | null): Promise<Sighting> {
    const found = seen(sighting);
    if (!found || found.item.sha256 !== null || found.item.size === null || found.item.size !== knownSize)
      return sighting;
    try {
      return { ...found, item: { ...found.item, sha256: await listedHash(side, found.item, this.context) } };
    } catch (error) {
      if (!isUnreadable(error, this.context)) throw error;
      return sighting;
    }
  }

  /** Remembers what was read and found to differ, where the plan leaves it so. */
  async remember(triple: Triple, decision: Decision | null): Promise<void> {
    const versions = versionsOf(triple);
    if (versions === null || triple.base?.id == null || isJudged(triple) || settles(decision)) return;
    await this.context.store.judge(triple.base.id, versions);
  }

  /** Remembers what the plan tells once, as soon as the plan stands: one that is broken off before tells it again. */
  async rememberTold(triple: Triple): Promise<void> {
    const versions = versionsOf(triple);
    if (versions === null || triple.base?.id == null) return;
    if (this.telling.length < MOST_TOLD_ITEMS) this.telling.push({ id: triple.base.id, versions });
    else await this.context.store.judge(triple.base.id, versions);
  }

  async planStands(): Promise<void> {
    for (const { id, versions } of this.telling.splice(0)) await this.context.store.judge(id, versions);
  }
}

/** Whether these very versions were found to differ by an earlier plan. */
export const isJudged = (triple: Triple): boolean =>
  triple.base !== null && triple.base.judged !== null && triple.base.judged === versionsOf(triple);

function versionsOf({ source, destination }: Triple): string | null {
  const [from, to] = [seen(source)?.item.version ?? null, seen(destination)?.item.version ?? null];
  return from === null || to === null ? null : JSON.stringify([from, to]);
}

const settles = (decision: Decision | null): boolean =>
  decision !== null && !['REFUSE', 'SKIP'].includes(decision.action);
