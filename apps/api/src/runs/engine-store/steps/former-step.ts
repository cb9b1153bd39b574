import { expectationOf, type Step } from '@sluice/core/plan';

/** A step as plans held it before steps had types: rows of plans and runs from then stay readable, and can go on. */
export type FormerStep = Omit<Step, 'type' | 'action' | 'expects' | 'ledgerId'> & {
  action: 'ADOPT' | 'CREATE' | 'REFUSE' | 'SKIP' | 'UPDATE';
  destinationParentKey: string | null;
  destinationName: string | null;
  renameExistingTo: string | null;
  knownSha256: string | null;
};

const INERT: ReadonlySet<FormerStep['action']> = new Set(['ADOPT', 'REFUSE', 'SKIP']);

export function typed(step: Step | FormerStep): Step {
  if ('type' in step) return step;
  const { destinationParentKey, destinationName, renameExistingTo, knownSha256, ...rest } = step;
  const decided = { ...rest, ledgerId: null };
  const { existing, action } = step;
  const expects = existing && (action === 'UPDATE' || action === 'ADOPT') ? expectationOf(existing) : null;
  if (INERT.has(action)) return { ...decided, type: 'INERT', expects, knownSha256, isNote: false } as Step;
  const placed = { ...decided, expects, parentKey: destinationParentKey ?? '', name: destinationName ?? '' };
  if (step.kind === 'FOLDER') return { ...placed, type: 'MAKE_FOLDER' } as Step;
  return { ...placed, type: 'TRANSFER', renameExistingTo, knownSha256 } as Step;
}
