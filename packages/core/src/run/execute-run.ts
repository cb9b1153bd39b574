import { PlatformError } from '../platform/index.js';
import { carryOut } from './carry-out.js';
import { activate, type ActiveContext, type RunContext, type RunEnd } from './context.js';
import { lookAfterRestart } from './after-restart.js';
import { writtenSides } from './swapped.js';
import { makePlan, type PlanResult } from './make-plan.js';
import { Question } from './question.js';
import { reconcile } from './reconcile.js';

/** Asked once the plan is complete; WAIT ends the work with AWAITING_APPROVAL before anything is written. */
export type Approve = (plan: PlanResult) => Promise<'GO_ON' | 'WAIT'>;

/** One run from where it stands to its end. May be called again after a crash, a stop or an error. */
export async function executeRun(context: RunContext, approve?: Approve): Promise<RunEnd> {
  const phase = await context.store.phase();
  try {
    if (phase === 'DONE') return { kind: 'DONE' };
    if (phase === 'NEW' || phase === 'LISTING' || phase === 'PLANNING') {
      const plan = await makePlan(context, async (active) => void (await takeStock(active)));
      if ((await approve?.(plan)) === 'WAIT') return { kind: 'AWAITING_APPROVAL' };
    } else await takeStockAmid(activate(context));
    return await carryOut(context);
  } catch (error) {
    if (context.control.signal.aborted) return { kind: 'STOPPED' };
    if (error instanceof Question) return { kind: 'ASKING', question: error.message };
    if (error instanceof PlatformError)
      return error.kind === 'ABORTED' ? { kind: 'STOPPED' } : { kind: 'BROKEN', error };
    throw error;
  }
}

/** Brings the ledger up to what a loss of power, or the end of a process, left on the sides that the run changes. */
async function takeStock(context: ActiveContext): Promise<number> {
  const lost = await lookAfterRestart(context);
  for (const side of writtenSides(context)) await reconcile(side);
  return lost;
}

/** What a plan under way has brought and lost again is not in it any more, so people have to know. */
async function takeStockAmid(context: ActiveContext): Promise<void> {
  const lost = await takeStock(context);
  if (lost === 0) return;
  const items = lost === 1 ? '1 item' : `${lost} items`;
  const message = `The machine lost its power: ${items} brought before are gone or not whole. The next run brings them again.`;
  await context.store.log('WARNING', message);
}
