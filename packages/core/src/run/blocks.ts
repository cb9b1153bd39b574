import type { AssignedName } from '../naming/index.js';
import type { Seen } from '../pair/index.js';
import { childKey, refuse, skip, type Decision, type PolicyValue } from '../plan/index.js';
import type { ActiveContext } from './context.js';
import { hidesLeftOut } from './stage-sifted.js';
import type { Target } from './targets.js';

const LEAVES_OUT_EMPTY: Readonly<Record<PolicyValue<'emptyFolders'>, boolean>> = { CREATE: false, SKIP: true };

/** No name at the destination fits the item under the policies of the job. */
export const unnamed = ({ reason, message }: Exclude<AssignedName, { name: string }>): Decision =>
  refuse(reason, message, 'Rename it at the source, or change the policy of the job.');

/** What keeps an item from its place, whatever its content is. */
export class Blocks {
  constructor(private readonly context: ActiveContext) {}

  /** Whether folders stay out that no file is in. */
  get leaveOutEmpty(): boolean {
    return LEAVES_OUT_EMPTY[this.context.policies.emptyFolders];
  }

  /** What forbids the item before its own rules are asked. */
  async of({ key, item }: Seen, target: Target, name: AssignedName, named: Seen | null): Promise<Decision | null> {
    if ('blocked' in target) return target.blocked;
    if (!('name' in name)) return unnamed(name);
    if (item.kind === 'FILE') return null;
    const there = named?.key ?? childKey(target.key, name.name);
    if ((await this.context.store.coverage('DESTINATION', there)) === 'NONE') {
      return refuse(
        'LISTING_FAILED',
        'The folder could not be listed at the destination.',
        'Give the account the right to see it.',
      );
    }
    const isLeftOut = this.leaveOutEmpty && !(await this.hasFileBelow(key));
    return isLeftOut ? skip('EMPTY_FOLDER', 'The folder is empty.') : null;
  }

  /** Whether the filters want a folder only for what is below it, and leave all of that out. */
  async leadsNowhere({ key, item }: Seen): Promise<boolean> {
    return this.context.sifter.isOnlyOnTheWay(item) && !(await this.hasFileBelow(key));
  }

  /** Whether the source has a file below the folder that is in. */
  private async hasFileBelow(key: string): Promise<boolean> {
    const { sifter, store } = this.context;
    return hidesLeftOut(this.context) || sifter.isEmpty ? store.hasSourceFileBelow(key) : sifter.hasFileBelow(key);
  }
}
