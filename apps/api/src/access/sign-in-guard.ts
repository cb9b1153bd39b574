import type { Clock } from '@sluice/core/http';
import type { ServerLimits } from '../limits.js';
import { networkOf } from '../net/client-address.js';
import { Attempts } from './attempts.js';
import { BoundedQueue } from './hash-queue.js';
import { TooManyAttemptsError } from './too-many-attempts.js';

const MAX_HASHES = 2;
const MAX_WAITING_HASHES = 20;
const EVERYBODY = '';

type GuardLimits = Pick<
  ServerLimits,
  'signInFailuresPerMinute' | 'signInFailuresPerAddress' | 'signInFailuresPerName' | 'signInFailuresOverall'
>;

/**
 * Slows guessing of passwords. Each try counts before its password is looked at, so that many at once do not slip
 * through, and is taken back when the password is right.
 *
 * Tries are limited per name and address and per address. Beyond the limits per name and overall, an address gets one
 * try a minute instead of none: whoever knows the password comes in although strangers fail from other addresses.
 */
export class SignInGuard {
  private readonly perPair: Attempts;
  private readonly perAddress: Attempts;
  private readonly perName: Attempts;
  private readonly overall: Attempts;
  private readonly hashes = new BoundedQueue(MAX_HASHES, MAX_WAITING_HASHES);

  constructor(clock: Clock, limits: GuardLimits) {
    this.perPair = new Attempts(clock, limits.signInFailuresPerMinute);
    this.perAddress = new Attempts(clock, limits.signInFailuresPerAddress);
    this.perName = new Attempts(clock, limits.signInFailuresPerName);
    this.overall = new Attempts(clock, limits.signInFailuresOverall);
  }

  /** Carries out one try, which gives null when it fails. Throws `TooManyAttemptsError`. */
  async attempt<T>(name: string, address: string, check: () => Promise<T | null>): Promise<T | null> {
    const network = networkOf(address);
    const pair = `${name}\n${network}`;
    const seconds = this.secondsToWait(name, network, pair);
    if (seconds > 0) throw new TooManyAttemptsError(seconds);
    const counted = [
      this.perPair.add(pair),
      this.perAddress.add(network),
      this.perName.add(name),
      this.overall.add(EVERYBODY),
    ];
    const result = await this.hashes.run(check);
    if (result !== null) {
      for (const takeBack of counted) takeBack();
      this.perPair.clear(pair);
    }
    return result;
  }

  private secondsToWait(name: string, network: string, pair: string): number {
    const own = Math.max(this.perPair.secondsToWait(pair), this.perAddress.secondsToWait(network));
    const others = Math.max(this.perName.secondsToWait(name), this.overall.secondsToWait(EVERYBODY));
    const isFirst = !this.perAddress.has(network);
    return Math.max(own, isFirst ? 0 : others, this.hashes.isFull ? 1 : 0);
  }
}
