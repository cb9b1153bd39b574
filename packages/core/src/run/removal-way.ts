import type { Platform } from '../platform/index.js';
import type { Policies, SideWords } from '../plan/index.js';

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
