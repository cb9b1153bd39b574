import type { Call, Platform, PlatformError, PlatformErrorKind } from '../platform/index.js';
import type { Side } from '../plan/index.js';
import { callTo, type ActiveContext } from './context.js';

/** Errors of an item that may as well be those of the whole platform. */
const DOUBTFUL: ReadonlySet<PlatformErrorKind> = new Set(['UNREACHABLE', 'PLATFORM_ERROR']);
/** A platform that has passed its check is not checked again for so long: what fails meanwhile is the item's. */
const TRUSTED_MS = 60_000;

/**
 * Tells a platform that is out of reach from trouble with one item, so that a network that is down for an hour does not
 * flag every item: both platforms are checked, once for all items that fail at the same time.
 */
export class Outages {
  private check: Promise<boolean> | null = null;
  private trustedUntil = -Infinity;

  constructor(
    private readonly context: ActiveContext,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether the error is that of a platform which is out of reach as a whole. */
  async isBehind({ kind, retry }: PlatformError): Promise<boolean> {
    const { clock } = this.context;
    if (retry === 'never' || !DOUBTFUL.has(kind) || (this.check === null && clock.monotonic() < this.trustedUntil))
      return false;
    this.check ??= this.areDown().finally(() => (this.check = null));
    const isDown = await this.check;
    if (!isDown) this.trustedUntil = clock.monotonic() + TRUSTED_MS;
    return isDown;
  }

  private async areDown(): Promise<boolean> {
    const sides: [Side, Platform][] = [
      ['SOURCE', this.context.source],
      ['DESTINATION', this.context.destination],
    ];
    for (const [side, platform] of sides) {
      if (await isDown(platform, callTo(side, this.context, this.signal))) return true;
    }
    return false;
  }
}

async function isDown(platform: Platform, call: Call): Promise<boolean> {
  try {
    const checks = await platform.check(call);
    return checks.some(({ outcome }) => outcome === 'FAILED');
  } catch {
    return true;
  }
}
