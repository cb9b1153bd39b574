import { seededRandom } from './random.js';

export type OriginName = 'login' | 'api' | 'files' | 'storage';

export const faultKinds = [
  'status',
  'html-body',
  'reset-before-commit',
  'reset-after-commit',
  'short-body',
  'flipped-bit',
  'slow',
  'garbage-json',
  'empty-list',
  'expire-tokens',
  'revoke-tokens',
  'lose-refresh-reply',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface FaultRule {
  kind: FaultKind;
  /** All that is given must match: the origin, the method, and a regular expression on path and query. */
  match?: { origin?: OriginName; method?: string; route?: string | RegExp };
  /** Fires at the nth match only (1 is the first). */
  nth?: number;
  /** Fires with this probability, by random numbers that start from the sandbox's `faultSeed`. */
  probability?: number;
  /** Fires so many times at most. */
  count?: number;
  /** Status of `status` (default 500) and `html-body` (default 200). */
  status?: number;
  /** Seconds in `Retry-After`. */
  retryAfter?: number;
  /** Replaces the body of `status`: text goes out as it is, anything else as JSON. */
  body?: unknown;
  /** How long `slow` holds the call back, in ms (default 1000). */
  ms?: number;
}

interface ActiveRule {
  rule: FaultRule;
  route: RegExp | null;
  matched: number;
  fired: number;
}

export interface FaultTarget {
  origin: OriginName;
  method: string;
  url: string;
}

/** Decides which calls go wrong. The first rule that fires wins. */
export class FaultEngine {
  private active: ActiveRule[] = [];
  private random: () => number;

  constructor(
    rules: readonly FaultRule[],
    private readonly seed: number,
  ) {
    this.random = seededRandom(seed);
    this.set(rules);
  }

  /** Replaces all rules and restarts their counts and the random numbers. Throws on a rule that cannot work. */
  set(rules: readonly FaultRule[]): void {
    this.active = rules.map(activate);
    this.random = seededRandom(this.seed);
  }

  add(rule: FaultRule): void {
    this.active.push(activate(rule));
  }

  rules(): (FaultRule & { fired: number })[] {
    return this.active.map(({ rule, fired }) => ({ ...rule, fired }));
  }

  /**
   * The rule that fires for this call, if any. Rules of the kind `lose-refresh-reply` are looked at only when `only`
   * asks for them, because whether a call refreshes a token is known later than the rest.
   */
  ruleFor(target: FaultTarget, only?: 'lose-refresh-reply'): FaultRule | undefined {
    const candidates = this.active.filter(({ rule }) => (rule.kind === 'lose-refresh-reply') === (only !== undefined));
    return candidates.find((active) => this.fires(active, target))?.rule;
  }

  private fires(active: ActiveRule, target: FaultTarget): boolean {
    const { rule } = active;
    if (!matches(active, target)) return false;
    active.matched += 1;
    if (rule.nth !== undefined && active.matched !== rule.nth) return false;
    if (rule.count !== undefined && active.fired >= rule.count) return false;
    if (rule.probability !== undefined && this.random() >= rule.probability) return false;
    active.fired += 1;
    return true;
  }
}

function matches({ rule: { match }, route }: ActiveRule, target: FaultTarget): boolean {
  if (match?.origin && match.origin !== target.origin) return false;
  if (match?.method && match.method.toUpperCase() !== target.method) return false;
  return route === null || route.test(target.url);
}

function activate(rule: FaultRule): ActiveRule {
  if (!faultKinds.includes(rule.kind)) throw new Error(`unknown kind of fault; known are ${faultKinds.join(', ')}`);
  const route = rule.match?.route;
  const pattern = route instanceof RegExp ? new RegExp(route.source, route.flags.replace(/[gy]/g, '')) : route;
  return { rule, route: pattern === undefined ? null : new RegExp(pattern), matched: 0, fired: 0 };
}
