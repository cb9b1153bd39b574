import { prefixOf } from '../graphql/ids.js';
import type { MutationCall } from '../graphql/mutation-recorder.js';

const BUDGET_PREFIX = 'bud';
const OWN_ID = /^[a-z]{2,5}_[\da-z]{1,40}$/;

/** A mutation under way, as the audit log will tell of it. */
export class Attempt {
  /** Whether its event is written, or is being written by a transaction that has not ended. */
  isWritten = false;
  /** Who began it; a mutation that signs in or out changes who the caller is. */
  readonly actorId: string | null;

  constructor(readonly call: MutationCall) {
    this.actorId = call.context.caller?.actorId ?? null;
  }

  /**
   * The object that the mutation is about among those that a transaction changes; null where the transaction is another
   * matter, such as the budget of a platform that is asked meanwhile.
   */
  targetAmong(concerned: readonly string[]): string | null {
    const { madePrefix } = this.call;
    const given = this.givenIds();
    const made = concerned.find((id) => prefixOf(id) === madePrefix);
    const others = concerned.filter((id) => prefixOf(id) !== BUDGET_PREFIX);
    return made ?? concerned.find((id) => given.includes(id)) ?? others[0] ?? null;
  }

  /** The object that the mutation was asked to change; null where the arguments name none. */
  get askedTarget(): string | null {
    return this.givenIds()[0] ?? this.call.context.concerned ?? null;
  }

  /**
   * Identifiers among the arguments, first the one that is called just `id`, which names the object itself; a text of
   * another form is not repeated, since it may be anything.
   */
  private givenIds(): string[] {
    const entries = Object.entries(this.call.args).filter(([name]) => name === 'id' || name.endsWith('Id'));
    const sorted = entries.toSorted(([one], [other]) => Number(other === 'id') - Number(one === 'id'));
    return sorted.map(([, value]) => value).filter((id): id is string => typeof id === 'string' && OWN_ID.test(id));
  }
}
