import type { AccessService } from '../access/access.service.js';
import type { Caller } from '../graphql/context.js';
import type { Peer } from './peer.js';

/** Another process may end a session or token; this process notices within this time. */
const INTERVAL_MS = 4_000;

/** Checks the rights of the callers of open connections again, and closes the connections of those whose rights changed. */
export class Renewal {
  /** Resolves when every check that has begun is finished; null when none is under way. */
  underWay: Promise<void> | null = null;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly peers: ReadonlySet<Peer>,
    private readonly access: Pick<AccessService, 'renew'>,
    private readonly end: (peer: Peer) => void,
  ) {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS);
    this.timer.unref();
  }

  /** Checks again, after the check under way if there is one; resolves when this check is finished. */
  run(): Promise<void> {
    const checks = (this.underWay ?? Promise.resolve())
      .then(() => this.renewAll())
      .finally(() => {
        if (this.underWay === checks) this.underWay = null;
      });
    this.underWay = checks;
    return checks;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async renewAll(): Promise<void> {
    const renewed = new Map<string, Caller | null>();
    for (const peer of this.peers) {
      const { caller } = peer;
      if (caller === null) continue;
      const key = caller.sessionId ?? caller.actorId;
      if (!renewed.has(key)) renewed.set(key, await this.access.renew(caller).catch(() => caller));
      const now = renewed.get(key) ?? null;
      if (now === null || !hasSameScopes(now, caller)) this.end(peer);
      peer.caller = now;
    }
  }
}

function hasSameScopes(one: Caller, other: Caller): boolean {
  return one.scopes.size === other.scopes.size && [...one.scopes].every((scope) => other.scopes.has(scope));
}
