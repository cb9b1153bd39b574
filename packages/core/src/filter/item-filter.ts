import type { ItemKind, ItemRule } from '../platform/index.js';
import { Conditions, type Judged, type Place } from './conditions.js';
import { fold } from './glob.js';

/**
 * What filters do to an item. `ON_THE_WAY`: a folder that no inclusion matches and that may hold what one does; it is in as
 * soon as something below it is.
 */
export interface Verdict {
  standing: 'IN' | 'OUT' | 'ON_THE_WAY';
  /** Index of the filter that decided; null when none matched. */
  rule: number | null;
}

/** The filters of a job: an item is in when no exclusion matches and, if there are any, some inclusion does. */
export class ItemFilter {
  private readonly conditions: readonly Conditions[];
  private readonly hasInclusions: boolean;

  /** `now`: epoch milliseconds, from which ages count. */
  constructor(
    readonly rules: readonly ItemRule[],
    private readonly now: number,
  ) {
    this.conditions = rules.map((rule) => new Conditions(rule));
    this.hasInclusions = rules.some(({ isExclusion }) => !isExclusion);
  }

  /** By the item alone: what was decided about the folders above it holds for it too, see `TreeFilter`. */
  judge(path: readonly string[], item: Judged): Verdict {
    const place = placeOf(path);
    const excluding = this.first(true, (rule) => rule.matches(place, item, this.now));
    if (excluding !== null) return { standing: 'OUT', rule: excluding };
    if (!this.hasInclusions) return { standing: 'IN', rule: null };
    const including = this.first(false, (rule) => rule.matches(place, item, this.now));
    if (including !== null) return { standing: 'IN', rule: including };
    return { standing: this.leadsOn(place, item.kind) ? 'ON_THE_WAY' : 'OUT', rule: null };
  }

  /** Whether an item at that place can be in at all, whatever else is known of it. */
  mayBeIn(path: readonly string[], kind: ItemKind): boolean {
    const place = placeOf(path);
    if (this.first(true, (rule) => rule.isOfPlaceOnly && rule.matchesPlace(place, kind)) !== null) return false;
    if (!this.hasInclusions || this.leadsOn(place, kind)) return true;
    return this.first(false, (rule) => rule.matchesPlace(place, kind)) !== null;
  }

  private leadsOn(place: Place, kind: ItemKind): boolean {
    return kind === 'FOLDER' && this.first(false, (rule) => rule.mayMatchBelow(place)) !== null;
  }

  private first(isExclusion: boolean, isMeant: (rule: Conditions) => boolean): number | null {
    const index = this.conditions.findIndex((rule) => rule.isExclusion === isExclusion && isMeant(rule));
    return index < 0 ? null : index;
  }
}

const placeOf = (path: readonly string[]): Place => ({ path, folded: path.map(fold) });

/** Filters of a tree that is shown parents first: an excluded folder takes all that is below it along. */
export class TreeFilter {
  private readonly out = new Map<string, number | null>();
  /** Folders on the way to a folder that is in. */
  private readonly needed = new Set<string>();
  /** Folders with a file that is in, at any depth. */
  private readonly filled = new Set<string>();

  constructor(readonly filter: ItemFilter) {}

  /** `path` is relative to the job's location. */
  judge(path: readonly string[], item: Judged): Verdict {
    const above = this.out.get(keyOf(path.slice(0, -1)));
    const verdict = above === undefined ? this.filter.judge(path, item) : { standing: 'OUT' as const, rule: above };
    if (item.kind === 'FOLDER' && verdict.standing === 'OUT') this.out.set(keyOf(path), verdict.rule);
    if (item.kind === 'FOLDER' && verdict.standing === 'IN' && verdict.rule !== null) addAbove(path, this.needed);
    if (item.kind === 'FILE' && verdict.standing === 'IN') addAbove(path, this.filled);
    return verdict;
  }

  /** Whether a folder that was judged is left out. */
  isOut(path: readonly string[]): boolean {
    return this.out.has(keyOf(path));
  }

  /** Whether a folder that was judged to be on the way has a folder below it that is in. */
  isNeeded(path: readonly string[]): boolean {
    return this.needed.has(keyOf(path));
  }

  /** Whether a file was judged to be in that stands below the folder. */
  hasFileBelow(path: readonly string[]): boolean {
    return this.filled.has(keyOf(path));
  }
}

function addAbove(path: readonly string[], folders: Set<string>): void {
  for (let above = path.slice(0, -1); above.length > 0; above = above.slice(0, -1)) {
    if (folders.has(keyOf(above))) return;
    folders.add(keyOf(above));
  }
}

/** No name holds the character NUL. */
const keyOf = (path: readonly string[]) => path.join('\0');
