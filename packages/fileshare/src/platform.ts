import { isAbsolute } from 'node:path';
import { PlatformError } from '@sluice/core/platform';
import type { Address, Call, Check, Details, Item, Platform, PlatformDescription } from '@sluice/core/platform';
import type { Clock } from '@sluice/core/http';
import { checkShare } from './check.js';
import { FileshareDirectory } from './directory.js';
import { FileshareDestination } from './destination.js';
import { durabilityOn, ShareDurability } from './durability.js';
import type { Durability } from './durability.js';
import { capabilitiesOf, limitsOf } from './facts.js';
import { silent } from './errors.js';
import { FORM } from './form.js';
import { pathOf } from './paths.js';
import type { Lane } from './lane.js';
import { Share } from './share.js';
import { atMost } from './signal.js';
import { FileshareSource } from './source.js';
import { ThreadLane } from './thread-lane.js';
import { Vigil } from './vigil.js';
import { WriteRequests } from './write-requests.js';

export const fileshareDescription: PlatformDescription = {
  kind: 'NETWORK_FILE_SHARE',
  displayName: 'Network file share',
  form: FORM,
  capabilities: capabilitiesOf(),
  limits: limitsOf(),
};

export interface FileshareOptions {
  /** Absolute path of a folder, local or mounted. */
  root: string;
  clock: Pick<Clock, 'now'>;
  /** Numbers from 0 up to 1, for temporary names. */
  random: () => number;
  /** `MARK` by default. */
  durability?: Durability;
  /** Whether a file `.sluice.json` in each folder keeps what the file system has no place for; false by default. */
  hasManifest?: boolean;
  /** Told where the root really lies before anything is done there; rejects with a `PlatformError` to refuse it. */
  admitRoot?: (realRoot: string) => Promise<void>;
  /** Where the calls to the file system are made; threads of its own by default. */
  lane?: Lane;
}

/** A share that does not answer for so long when it is opened cannot be opened. */
const OPENING_MS = 15_000;

/** Throws a `PlatformError` for a location that this version cannot reach; a folder that is missing is found by `check`. */
export async function createFilesharePlatform(options: FileshareOptions): Promise<Platform> {
  assertLocation(options.root);
  const { root, clock, lane = new ThreadLane(), admitRoot = async () => {} } = options;
  // Asks beside the share's own threads, which may all be busy.
  const guard = options.lane ?? new ThreadLane();
  const traits = await atMost(OPENING_MS, lane.call('traits', root), silent);
  const hasManifest = options.hasManifest ?? false;
  const share = new Share(lane, root, traits, hasManifest, admitRoot, new Vigil(() => guard.call('locate', root)));
  const suffix = suffixes(options.random);
  const durability = durabilityOn(traits, options.durability ?? 'MARK');
  const requests = new WriteRequests(() => clock.now(), suffix, durability, hasManifest);
  return {
    kind: 'NETWORK_FILE_SHARE',
    capabilities: capabilitiesOf(traits, hasManifest),
    limits: limitsOf(root, traits),
    source: new FileshareSource(share, hasManifest),
    destination: new FileshareDestination(share, requests, new ShareDurability(share, durability)),
    directory: new FileshareDirectory(share, hasManifest),
    find: (address, call, details) => find(share, address, call, details),
    check: (call, writeProbeIn): Promise<Check[]> => checkShare(share, suffix, call, writeProbeIn),
    close: async () => void (await Promise.all([lane.close(), guard.close()])),
  };
}

let made = 0;

/** Texts for names of working files, each once in this process. */
function suffixes(random: () => number): () => string {
  return () => `${(made += 1).toString(36)}${Math.floor(random() * 36 ** 6).toString(36)}`;
}

function assertLocation(root: string): void {
  if (/^(\\\\|\/\/|smb:|cifs:|nfs:)/i.test(root)) {
    throw new PlatformError(
      'REJECTED',
      'A share can be reached only through a folder where the server has it mounted.',
      {
        remedy: 'Mount the share on the server and give the folder where it is mounted, such as /mnt/plans.',
      },
    );
  }
  if (isAbsolute(root) && !root.includes('\0')) return;
  throw new PlatformError('NAME_INVALID', 'The location is not an absolute path.', {
    remedy: 'Give the whole path of the folder, such as /srv/plans.',
  });
}

async function find(share: Share, address: Address, call: Call, details?: Details): Promise<Item | null> {
  const path = pathOf(address);
  try {
    return await share.work(path, call, (facts, lane) => lane.call('find', facts, path, details));
  } catch (error) {
    if (error instanceof PlatformError && ['NOT_FOUND', 'NAME_INVALID', 'SPECIAL_FILE'].includes(error.kind))
      return null;
    throw error;
  }
}
