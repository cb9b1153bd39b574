import { holds } from '../compare/index.js';
import { UnmappedTally, type MappingProblem } from '../mapping/index.js';
import { expectedVersions, mostVersions, type Transfer } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import type { Seen } from '../pair/index.js';
import { describesTo } from './arrival.js';
import { keepsPrivacy } from './belongings.js';
import type { ActiveContext } from './context.js';

/** Something that items have and that stays behind, with the words for one and for several of them. */
const LOSSES = {
  DESCRIPTION: ['item has a description', 'items have a description', 'that the destination cannot hold'],
  FIELDS: ['item has fields', 'items have fields', 'that the destination cannot hold'],
  TAGS: ['item has tags', 'items have tags', 'that the destination cannot hold'],
  PRIVACY: ['item is private at the source', 'items are private at the source', 'and the destination cannot hold that'],
  PRIVACY_BY_JOB: [
    'item is private at the source',
    'items are private at the source',
    'and the job does not keep that',
  ],
  NOTE: ['file has a note', 'files have notes', 'that a first version cannot have at the destination'],
  FIRST_NOTE: [
    'file comes with former versions',
    'files come with former versions',
    'of which the first cannot have its note at the destination',
  ],
  UNMAPPED: ['item has a value', 'items have a value', 'that could not be mapped and is left out'],
  FLAGGED: ['item is flagged', 'items are flagged', 'since a value could not be mapped'],
} as const;
type Loss = keyof typeof LOSSES;

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
    for (const [loss, count] of this.counts) {
      const [one, several, why] = LOSSES[loss];
      await this.context.store.log('WARNING', `${count} ${count === 1 ? one : several} ${why}.`);
    }
  }
}
