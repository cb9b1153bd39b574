import { swappedStep } from '../plan/index.js';
import type { EngineStore } from './ports/index.js';
import { Restriction } from './restriction.js';
import type { Sifter } from './sifter.js';
import type { StepWriter } from './step-writer.js';

/** What the filters leave out is told item by item, as far as it is not too many; of `there` what is not told by its place. */
export async function tellLeftOut(
  sifters: { sifter: Sifter; sifterThere?: Sifter },
  store: Pick<EngineStore, 'log'>,
  writer: StepWriter,
  scope: Restriction = new Restriction(null),
): Promise<void> {
  const { sifter, sifterThere } = sifters;
  const told = new Set<string | null>();
  for (const step of sifter.steps()) {
    told.add(step.sourceKey);
    if (scope.includes(step.sourceKey ?? '')) await writer.add(step);
  }
  for (const step of sifterThere?.steps() ?? [])
    if (!told.has(step.sourceKey) && scope.isWhole) await writer.add(swappedStep(step));
  const untold = sifter.untold + (sifterThere?.untold ?? 0);
  if (untold > 0)
    await store.log('INFO', `The filters of the job leave out ${untold} more items, which are not listed here.`);
}
