import type { Destination, Platform } from '../platform/index.js';
import type { Policies, Rules, SideWords } from '../plan/index.js';

/** Where what is removed on a side goes, as a step keeps it and tells it to people; `at` is the start of the planning. */
export function removalWay(
  { capabilities }: Pick<Platform, 'capabilities'>,
  { deletePermanently }: Pick<Policies, 'deletePermanently'>,
  at: Date,
  side: SideWords['to'],
): { trashedAt: number | null; how: string } {
  if (deletePermanently) return { trashedAt: null, how: 'It is deleted for good and cannot be put back.' };
  const bin = `It goes to the recycle bin of the ${side}, from where it can be restored.`;
  return { trashedAt: at.getTime(), how: capabilities.RECYCLE_BIN.note ?? bin };
}

/** When the plan was made by which the content that a transfer replaces goes to the trash; null where it does not. */
export const keptAtOf = (
  destination: Pick<Destination, 'keepsReplaced'> | undefined,
  { policies, now }: Pick<Rules, 'policies' | 'now'>,
): number | null => (destination?.keepsReplaced === 'TRASH' && !policies.deletePermanently ? now.getTime() : null);
