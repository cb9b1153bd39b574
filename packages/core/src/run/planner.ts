import type { Sibling } from '../naming/index.js';
import type { Seen, SettledFolder } from '../pair/index.js';
import { identityOf } from '../platform/index.js';
import { listAgain } from './bare-folders.js';
import { givesBelongings } from './belongings.js';
import type { Claims } from './claims.js';
import type { ActiveContext } from './context.js';
import type { Extras } from './extras.js';
import { foundThere, ItemPlanner, type Around } from './item-planner.js';
import { childrenOf, KeptChildren } from './kept-children.js';
import type { MovedPlaces } from './moved-places.js';
import { NamedItems } from './named-items.js';
import { namesOfFolder, siblingOf } from './names-of-folder.js';
import { planParts, type Planning, type PlanParts } from './planning.js';
import type { SourceChild, SourceChildren, SourceFolder } from './ports/index.js';
import { blockedBy, type Target } from './targets.js';
import { refusedTwin, Twins } from './twins.js';

/** Plans the items of one source folder after the other, top-down. */
export class Planner {
  private readonly parts: PlanParts;
  private readonly items: ItemPlanner;
  private readonly twins = new Twins();
  private settled = 0;

  constructor(context: ActiveContext, given: Planning) {
    this.parts = planParts(context, given);
    this.items = new ItemPlanner(this.parts);
  }

  /** Items of the source so far that stand where the ledger knows them, none counted twice: as many entries are not lost. */
  get settledItems(): number {
    return this.settled;
  }

  get claims(): Claims {
    return this.parts.claims;
  }

  get extras(): Extras {
    return this.parts.extras;
  }

  /** Where items of the destination stand once the plan's moves are carried out. */
  get places(): Pick<MovedPlaces, 'note' | 'now'> {
    return this.parts.moves.places;
  }

  /** Where folders of the destination are that people moved and that are followed there, by the keys that the ledger had. */
  get followed(): Pick<MovedPlaces, 'now'> {
    return this.parts.followed;
  }

  /** Names at the destination that several items share, see `Twins`. */
  get sharedNames(): readonly string[] {
    return this.twins.shared;
  }

  async planFolder(source: SourceFolder): Promise<void> {
    const target = this.parts.targets.of(source.key) ?? blockedBy('LISTING_FAILED', 'Its folder was not listed.');
    this.parts.extras.planned(source.key);
    const { settled } = source;
    if (
      settled &&
      !this.parts.filters.isActive &&
      !givesBelongings(this.parts.context) &&
      !this.parts.movedAway.isActive &&
      (await this.isNothingToDo(settled, target)) &&
      !(await this.hasExtras(source, settled))
    )
      return this.addSettled(source, settled);
    if (settled && source.isBare)
      await listAgain({ SOURCE: source.key, DESTINATION: settled.destinationKey }, this.parts.context);
    await this.planChildren(source, target);
  }

  /** Whether nothing but the content of a settled folder decides about it. */
  private async isNothingToDo({ destinationKey, folders }: SettledFolder, target: Target): Promise<boolean> {
    const isInPlace = 'key' in target && target.movingId === null && target.listedKey === destinationKey;
    if (!isInPlace || !this.parts.scope.isWhole || this.twins.areRefused) return false;
    if (folders.length === 0) return true;
    if (this.parts.blocks.leaveOutEmpty || this.parts.scope.hasUnlisted) return false;
    for (const { destinationKey: key } of folders)
      if ((await this.parts.context.store.coverage('DESTINATION', key)) === 'NONE') return false;
    return true;
  }

  /** Whether more stands there than belongs to the items of the source; a bare folder is known to hold nothing else. */
  private async hasExtras({ isBare, count }: SourceFolder, { destinationKey }: SettledFolder): Promise<boolean> {
    if (!this.parts.extras.isActive || isBare) return false;
    return (await this.parts.context.store.destinationChildren(destinationKey)).length !== count;
  }

  private async addSettled({ count, bytes }: SourceFolder, { folders }: SettledFolder): Promise<void> {
    for (const { sourceKey, destinationKey: key } of folders)
      this.parts.targets.aim(sourceKey, { key, listedKey: key, formerKey: sourceKey, movingId: null });
    this.settled += count;
    await this.parts.writer.countUnchanged(count, bytes);
  }

  /** Names are given to all children before the first is planned; beside them one portion of children is in hand at a time. */
  private async planChildren(source: SourceFolder, target: Target): Promise<void> {
    const children = new KeptChildren(childrenOf(await source.children(), this.parts.table.kinds));
    const listedKey = 'key' in target ? target.listedKey : null;
    const there = listedKey === null ? null : await this.parts.context.store.destinationChildren(listedKey);
    const folder = namesOfFolder(this.parts.targets.pathOf(target), there, this.parts.rules);
    const names = folder.assign(await this.siblings(children, target));
    const byName = there && new NamedItems(there, this.parts.rules.limits);
    if (byName) this.twins.note(byName);
    const twins = this.twins.inFolder();
    const extras = this.parts.extras.inFolder(source.key, there && { key: listedKey!, children: there });
    let index = 0;
    for await (const portion of children.portions()) {
      const late = await this.parts.frozen.lateOf(portion);
      for (const child of portion)
        await this.planChild(child, {
          isLate: late.has(child),
          ...{ target, byName, folder, twins, extras, name: names[index++]! },
        });
    }
    extras.end();
  }

  private async siblings(children: SourceChildren, target: Target): Promise<Sibling[]> {
    const folder = 'key' in target ? target : null;
    const siblings: Sibling[] = [];
    for await (const portion of children.portions())
      for (const child of portion) siblings.push(siblingOf(child, folder));
    return siblings;
  }

  private async planChild({ key, item, ledger }: SourceChild, around: Around): Promise<void> {
    const isTwin = around.twins.isRefused({ key, item });
    this.settled += Number(ledger?.sourceKey === key && ledger.sourceId === identityOf(item));
    if (!this.parts.scope.includes(key)) {
      around.extras.keep(foundThere(item, ledger, around));
      return this.parts.movedAway.stays(key);
    }
    if (isTwin) await this.addTwin({ key, item });
    else await this.items.plan({ key, item }, around.twins.ownEntry(ledger), around);
  }

  private async addTwin(source: Seen): Promise<void> {
    this.parts.movedAway.stays(source.key);
    await this.parts.writer.add(refusedTwin(source));
  }

  /** All folders were planned: nothing keeps a temporary name. */
  settleAside(): Promise<void> {
    return this.parts.moves.settleAside();
  }

  /** Something may stand there that was not shown. */
  noteProblem(key: string): void {
    this.parts.movedAway.keeps(key);
  }

  /** Everything of the source was planned: what was moved with all that is in it goes. */
  async finish(): Promise<void> {
    await this.parts.movedAway.finish();
    await this.parts.extras.finish(this.parts.context.store);
  }

  /** What of the items stays behind at the source. */
  tellUnheld(): Promise<void> {
    return this.parts.unheld.tell();
  }

  /** The steps are stored for good. */
  planStands(): Promise<void> {
    return this.parts.contents.planStands();
  }
}
