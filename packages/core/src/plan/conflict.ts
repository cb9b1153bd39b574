import type { Item } from '../platform/index.js';
import { refuse, skip, update, type Decision } from './decision.js';
import type { PolicyValue } from './policies.js';

/** Both sides changed, and their contents are not equal. */
export function settleConflict(
  source: Item,
  destination: Item,
  policy: PolicyValue<'conflict'>,
  winsTies = false,
): Decision {
  const [from, to] = [timeOf(source), timeOf(destination)];
  const isNewer = from > to || (winsTies && from === to);
  switch (policy) {
    case 'SOURCE':
      return update(destination, 'CONFLICT', 'Both sides changed; the source wins.');
    case 'DESTINATION':
      return skip('CONFLICT', 'Both sides changed; the destination wins.');
    case 'FLAG':
      return refuse('CONFLICT', 'Both sides changed.', 'Decide which one is right.');
    case 'LATEST':
      return isNewer
        ? update(destination, 'CONFLICT', 'Both sides changed; the source is newer and wins.')
        : skip('CONFLICT', 'Both sides changed; the destination is newer and wins.');
    case 'KEEP_BOTH':
      return isNewer ? renamedAtDestination(destination) : AS_A_COPY;
  }
}

const AS_A_COPY: Decision = {
  action: 'CREATE',
  reason: 'CONFLICT',
  message: 'Both sides changed; the older one is added under a name with the time.',
  keepBoth: 'SOURCE',
};

const renamedAtDestination = (existing: Item): Decision => ({
  action: 'CREATE',
  reason: 'CONFLICT',
  message: 'Both sides changed; the older one at the destination gets a name with the time.',
  existing,
  keepBoth: 'EXISTING',
});

/** An unknown time loses: what stands at the destination is not renamed on a guess. */
const timeOf = ({ modifiedAt }: Item) => modifiedAt?.getTime() ?? -Infinity;
