import { removesWhatIsGone, type TransferTable } from '../decide/index.js';
import { mostVersions, setsLocks, type Rules } from '../plan/index.js';
import { Blocks } from './blocks.js';
import type { BothSides, PlanWriter } from './both-sides.js';
import { Claims } from './claims.js';
import { ContentDecisions } from './content-decisions.js';
import type { ActiveContext } from './context.js';
import { Extras } from './extras.js';
import { versionFilesIn } from './former-contents.js';
import type { FrozenScope } from './frozen-scope.js';
import { HeldItems } from './held-items.js';
import { LeftOut } from './left-out.js';
import type { SeenCounts } from './list.js';
import { MovedAway } from './moved-away.js';
import { OtherSide } from './other-side.js';
import { MovedPlaces } from './moved-places.js';
import { removalsWithheldBecause } from './plan-removals.js';
import { PlannedMoves } from './planned-moves.js';
import type { Restriction } from './restriction.js';
import { ReadingCost } from './reading-cost.js';
import { Rivals } from './rivals.js';
import { StepMaker } from './step-maker.js';
import { Targets } from './targets.js';
import { Unheld } from './unheld.js';
import { WaysOut } from './ways-out.js';

/** What the planning of one run is given. */
export interface Planning {
  writer: PlanWriter;
  scope: Restriction;
  frozen: FrozenScope;
  /** Source folders that could not be listed. */
  unlisted: ReadonlySet<string>;
  /** Start of the planning. */
  at: Date;
  /** Items that were seen, and those that the ledger knows. */
  counts: SeenCounts;
  remembered: number;
  /** Where both sides are changed. */
  both?: BothSides | null;
  /** Whether the changes of the source are planned, after those of the destination. */
  isSecond?: boolean;
}

/** What the planning of all items of a run shares. */
export interface PlanParts {
  context: ActiveContext;
  table: TransferTable;
  rules: Rules;
  writer: PlanWriter;
  maker: StepMaker;
  scope: PlanScope;
  frozen: FrozenScope;
  isSecond: boolean;
  /** Where both sides are changed. */
  other: OtherSide | null;
  targets: Targets;
  blocks: Blocks;
  filters: LeftOut;
  contents: ContentDecisions;
  moves: PlannedMoves;
  movedAway: MovedAway;
  waysOut: WaysOut;
  /** What keeps its place, since others have locked it. */
  held: HeldItems;
  /** Items of the destination that are taken for one of the source, see `Claims`. */
  claims: Claims;
  rivals: Rivals;
  /** Where folders of the destination are that people moved and that are followed there, by the keys that the ledger had. */
  followed: MovedPlaces;
  /** What of the source's items stays behind. */
  unheld: Unheld;
  /** What stands at the destination and belongs to no item of the source. */
  extras: Extras;
}

/** What of the source is planned: what the run is about, without folders that could not be listed. */
export class PlanScope {
  constructor(
    private readonly only: Restriction,
    private readonly unlisted: ReadonlySet<string>,
  ) {}

  includes(key: string): boolean {
    return this.only.includes(key) && !this.unlisted.has(key);
  }

  /** Whether every item of the source may be planned. */
  get isWhole(): boolean {
    return this.only.isWhole;
  }

  get hasUnlisted(): boolean {
    return this.unlisted.size > 0;
  }
}

export function planParts(context: ActiveContext, given: Planning): PlanParts {
  const { writer, frozen, at, remembered, both = null, isSecond = false } = given;
  const { table, store } = context;
  const rules = rulesOf(context, given);
  const scope = new PlanScope(given.scope, given.unlisted);
  const extras = new Extras(context);
  const targets = new Targets(context.destinationRoot, extras);
  const maker = makerOf(context, rules, both !== null);
  const isPlanned = (key: string) => scope.includes(key) && targets.takes(key);
  const folderAt = (key: string) => targets.listedAt(key);
  const moves = new PlannedMoves(context, { writer, maker, remembered, isPlanned, folderAt });
  const filters = new LeftOut(context);
  const followed = new MovedPlaces();
  const areRemoved = removesWhatIsGone(table) && context.only === null && !removalsWithheldBecause(given, context);
  const claims = new Claims(context, { remembered, areRemoved, filters, followed });
  const targetOf = (key: string) => targets.of(key);
  const held = new HeldItems(context, rules);
  return {
    rivals: new Rivals(context, filters, remembered),
    followed,
    ...{ context, table, rules, writer, maker, scope, frozen, isSecond, targets, moves, claims, extras, held },
    other: both && new OtherSide(context, { both, isSecond, moves, remembered, now: at }),
    unheld: new Unheld(context),
    blocks: new Blocks(context),
    filters,
    contents: new ContentDecisions(context, { rules, both, isSecond }),
    movedAway: new MovedAway(context, writer, at),
    waysOut: new WaysOut({ store, moves, claims, held, targetOf, givesNamesUp: both !== null }),
  };
}

function rulesOf({ policies, destination }: ActiveContext, { at, both = null, isSecond = false }: Planning): Rules {
  const locks = !setsLocks(policies, destination) ? null : both === null ? 'ONE_WAY' : 'BOTH_WAYS';
  return { policies, limits: destination.limits, now: at, winsTies: isSecond, locks };
}

function makerOf(context: ActiveContext, rules: Rules, isTwoSided: boolean): StepMaker {
  const { policies, source, destination } = context;
  const most = mostVersions(policies, destination.capabilities);
  const keepsNone = destination.capabilities.VERSION_PRESERVATION.level === 'NONE';
  const versions = { most, keepsNone, asFiles: versionFilesIn(context) };
  return new StepMaker(destination.destination, rules, isTwoSided, versions, new ReadingCost(source.source, most));
}
