import { nameKey } from '../naming/index.js';
import type { Triple } from '../pair/index.js';
import { inertStep, type Rules, type Step } from '../plan/index.js';
import { belongingsOf, givenAlone } from './belongings.js';
import type { ActiveContext } from './context.js';
import type { SourceChild } from './ports/index.js';
import type { Restriction } from './restriction.js';
import { StepMaker } from './step-maker.js';
import type { StepWriter } from './step-writer.js';
import { Unheld } from './unheld.js';

interface Reapplying {
  writer: StepWriter;
  scope: Restriction;
  at: Date;
}

/**
 * Plans what changed mappings make of items that were brought over before: whatever gets something else than it got is described
 * anew. Contents, places and everything that only one side has are left to the next ordinary run.
 */
export class Reapply {
  private readonly maker: StepMaker;
  private readonly unheld: Unheld;

  constructor(
    private readonly context: ActiveContext,
    private readonly given: Reapplying,
  ) {
    const { destination, policies } = context;
    const rules: Rules = { policies, limits: destination.limits, now: given.at };
    this.maker = new StepMaker(destination.destination, rules);
    this.unheld = new Unheld(context);
  }

  async plan(): Promise<void> {
    const { store, control, destination } = this.context;
    if (destination.destination?.describe === undefined) return;
    for await (const folder of store.sourceFolders((name) => nameKey(name, destination.limits))) {
      control.signal.throwIfAborted();
      const children = await folder.children();
      for await (const portion of children.portions()) for (const child of portion) await this.planChild(child);
    }
    await this.unheld.tell();
  }

  private async planChild({ key, item, ledger }: SourceChild): Promise<void> {
    if (ledger === null || !this.given.scope.includes(key)) return;
    const there = await this.context.store.destinationById(ledger.destinationId);
    const given = belongingsOf(item, this.context);
    if (!there || !given) return;
    this.unheld.note({ key, item }, given.problems);
    const anew = givenAlone(given, there.item, ledger.mapped) ?? this.maker.groupsAlone(given, ledger.mapped);
    if (!anew) return this.given.writer.addUnchanged(item);
    const triple: Triple = { source: { key, item }, base: ledger, destination: there };
    const step: Step = given.refusal
      ? {
          ...inertStep(key, item),
          ...given.refusal,
          action: 'REFUSE',
          remedy: given.refusal.remedy ?? null,
          existing: null,
        }
      : this.maker.describe(triple, { isDescribed: false, lockEnd: null, hash: null, given: anew });
    await this.given.writer.add(step);
  }
}
