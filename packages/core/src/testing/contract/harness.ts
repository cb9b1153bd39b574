import { had } from '../../compare/index.js';
import { setsLocks } from '../../plan/index.js';
import type { Call, Platform } from '../../platform/index.js';
import type { Seed } from '../seed.js';

/** A platform made for one test, empty below `root`. */
export interface PlatformHarness {
  platform: Platform;
  /** A fresh call with a signal of its own that nobody raises. */
  call(): Call;
  /**
   * Puts entries below `root` by other means than the platform under test; their paths are relative to it. A file that is there
   * already gets the new bytes. Without it, the suite seeds through the destination role.
   */
  seed?(entries: readonly Seed[]): Promise<void>;
  /** Folder in which the suite works, from the connection's root; `[]` by default. It exists. */
  root?: readonly string[];
  /** Another platform, from which this one takes files without streams; needed by the promises of direct transfers. */
  other?: PlatformHarness;
  /**
   * Values for fields that it can set, and tags; without them, the promises about fields and tags cannot be put to the test.
   */
  samples?: { fields: Readonly<Record<string, string>>; tags: readonly string[] };
  /** The platform's own time, for writes in doubt; the machine's by default. */
  now?(): Date;
  /** Frees what the harness made; the platform is closed already. */
  dispose?(): Promise<void>;
}

/** What a promise needs before it can be put to the test. */
export type Need =
  | 'source'
  | 'destination'
  | 'remove'
  | 'removal for good'
  | 'restore'
  | 'kept versions'
  | 'withdraw'
  | 'move'
  | 'describe'
  | 'descriptions'
  | 'locks'
  | 'fields'
  | 'tags'
  | 'directory'
  | 'groups'
  | 'readBack'
  | 'versions'
  | 'reading'
  | 'seed'
  | 'packed listings'
  | 'folding of case'
  | 'direct';

/** Why a promise cannot be tested on this platform; null when it can. */
export function missing(needs: readonly Need[], harness: PlatformHarness): string | null {
  const { source, destination } = harness.platform;
  const present: Record<Need, boolean> = {
    source: source !== undefined,
    destination: destination !== undefined,
    remove: destination?.remove !== undefined,
    'removal for good': destination?.removesForGood === true,
    restore: destination?.restore !== undefined,
    'kept versions': destination?.restore !== undefined && destination.keepsReplaced !== undefined,
    withdraw: destination?.withdraw !== undefined,
    move: destination?.move !== undefined,
    describe: destination?.describe !== undefined,
    descriptions: destination?.describe !== undefined && had(null, harness.platform.capabilities.METADATA_MAP).to,
    locks: destination?.describe !== undefined && setsLocks({ lockedFiles: 'PROPAGATE' }, harness.platform),
    fields: destination?.describe !== undefined && Object.keys(harness.samples?.fields ?? {}).length > 0,
    tags: destination?.describe !== undefined && (harness.samples?.tags.length ?? 0) > 0,
    directory: harness.platform.directory !== undefined,
    groups: harness.platform.directory?.ensureGroup !== undefined,
    readBack: destination?.readBack !== undefined,
    versions: source?.versions !== undefined,
    reading: source !== undefined || destination?.readBack !== undefined,
    'packed listings': source?.listPacked !== undefined,
    seed: harness.seed !== undefined || destination !== undefined,
    'folding of case': !harness.platform.limits.isCaseSensitive,
    direct: harness.other !== undefined && destination?.direct?.(harness.other.platform) != null,
  };
  const lacking = needs.filter((need) => !present[need]);
  return lacking.length > 0 ? `the platform has no ${lacking.join(', ')}` : null;
}
