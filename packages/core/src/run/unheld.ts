import { holds } from '../compare/index.js';
import { UnmappedTally, type MappingProblem } from '../mapping/index.js';
import { expectedVersions, mostVersions, type Transfer } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import type { Seen } from '../pair/index.js';
import { describesTo } from './arrival.js';
import { keepsPrivacy } from './belongings.js';
import type { ActiveContext } from './context.js';
import { lossTold, type Loss } from './losses.js';

/** Counts what of the items of a plan stays behind, and tells it before anything is carried out. */
export class Unheld {
  private readonly counts = new Map<Loss, number>();
  private readonly unmapped = new UnmappedTally();

  constructor(private readonly context: ActiveContext) {}

  note({ key, item }: Seen, problems: readonly MappingProblem[]): void {
    for (const loss of this.lossesOf(item)) this.count(loss);
    if (problems.some(({ isFlagged }) => isFlagged) && item.kind === 'FILE') this.count('FLAGGED');
    else if (problems.length > 0) this.count('UNMAPPED');
    this.unmapped.add(key, problems);
  }

  /** Notes that a new file would have at a destination whose first versions have none. */
  noteNew({ action, source, versionNote = source.fields?.['versionNotes'] }: Transfer): void {
    const { destination, policies } = this.context;
    if (action !== 'CREATE' || !destination.destination?.lacksFirstNote) return;
    const versions = expectedVersions(source, action, mostVersions(policies, destination.capabilities));
    if (versions > 1) this.count('FIRST_NOTE');
    else if (versionNote) this.count('NOTE');
  }

  private count(loss: Loss): void {
    this.counts.set(loss, (this.counts.get(loss) ?? 0) + 1);
  }

  private lossesOf({ description, fields = {}, tags = [], isPrivate }: Item): Loss[] {
    const { METADATA_MAP, TAGS_MAP, PERMISSION_PRESERVATION } = this.context.destination.capabilities;
    const hasFields = Object.keys(fields).some((key) => key !== 'versionNotes');
    const privacy = holds(PERMISSION_PRESERVATION) ? 'PRIVACY_BY_JOB' : 'PRIVACY';
    const isLost = !keepsPrivacy(this.context);
    return [
      ...(description && !describesTo(this.context.destination) ? (['DESCRIPTION'] as const) : []),
      ...(hasFields && !holds(METADATA_MAP) ? (['FIELDS'] as const) : []),
      ...(tags.length > 0 && !holds(TAGS_MAP) ? (['TAGS'] as const) : []),
      ...(isPrivate && isLost ? [privacy] : []),
    ] as Loss[];
  }

  /** Before the plan is finished, so that a plan that stands has told all of it. */
  async tell(): Promise<void> {
    const names = this.unmapped.rows();
    if (names.length > 0) await this.context.store.noteUnmapped(names, this.unmapped.untold);
    if (this.counts.size === 0) return;
    await this.context.store.noteLosses(Object.fromEntries(this.counts));
    for (const [loss, count] of this.counts) await this.context.store.log('WARNING', lossTold(loss, count));
  }
}
