import type { EngineStore } from './ports.js';
import { Restriction } from './restriction.js';
import type { Sifter } from './sifter.js';
import type { StepWriter } from './step-writer.js';

/** What the filters leave out is told item by item, as far as it is not too many. */
export async function tellLeftOut(
  sifter: Sifter,
  store: Pick<EngineStore, 'log'>,
  writer: StepWriter,
  scope: Restriction = new Restriction(null),
): Promise<void> {
  for (const step of sifter.steps()) if (scope.includes(step.sourceKey ?? '')) await writer.add(step);
  if (sifter.untold > 0)
    await store.log('INFO', `The filters of the job leave out ${sifter.untold} more items, which are not listed here.`);
}
