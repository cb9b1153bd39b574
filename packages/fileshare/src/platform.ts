import { isAbsolute } from 'node:path';
import { PlatformError } from '@sluice/core/platform';
import type { Address, Call, Check, Item, Platform, PlatformDescription } from '@sluice/core/platform';
import type { Clock } from '@sluice/core/http';
import { checkShare } from './check.js';
import { ShareClient } from './client.js';
import { FileshareDestination } from './destination.js';
import type { SyncPolicy } from './destination.js';
import { platformError } from './errors.js';
import { CAPABILITIES_OF_A_SHARE, limitsOf } from './facts.js';
import { FORM } from './form.js';
import { pathOf } from './paths.js';
import { obey } from './signal.js';
import { FileshareSource } from './source.js';
import { traitsOf } from './traits.js';

export const fileshareDescription: PlatformDescription = {
  kind: 'NETWORK_FILE_SHARE',
  displayName: 'Network file share',
  form: FORM,
  capabilities: CAPABILITIES_OF_A_SHARE,
  limits: limitsOf(),
};

export interface FileshareOptions {
  /** Absolute path of a folder, local or mounted. */
  root: string;
  clock: Clock;
  /** Numbers from 0 up to 1, for temporary names. */
  random: () => number;
  /** What is made durable before a write succeeds; `file` by default. */
  fsync?: SyncPolicy;
  /** Told where the root really lies before anything is done there; rejects with a `PlatformError` to refuse it. */
  admitRoot?: (realRoot: string) => Promise<void>;
}

/** Throws a `PlatformError` for a location that this version cannot reach; a folder that is missing is found by `check`. */
export async function createFilesharePlatform(options: FileshareOptions): Promise<Platform> {
  assertLocation(options.root);
  const traits = await traitsOf(options.root);
  const client = new ShareClient(options.root, traits, options.admitRoot);
  const now = () => options.clock.now();
  const { random, fsync = 'file' } = options;
  return {
    kind: 'NETWORK_FILE_SHARE',
    capabilities: CAPABILITIES_OF_A_SHARE,
    limits: limitsOf(options.root, traits.foldsCase),
    source: new FileshareSource(client, now),
    destination: new FileshareDestination({ client, now, random, fsync }),
    find: (address, call) => find(client, address, call),
    check: (call, writeProbeIn): Promise<Check[]> => obey(call.signal, () => checkShare(client, random, writeProbeIn)),
    close: async () => {},
  };
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

async function find(client: ShareClient, address: Address, call: Call): Promise<Item | null> {
  const path = pathOf(address);
  return obey(call.signal, async () => {
    try {
      return await client.find(path);
    } catch (cause) {
      const error = platformError(cause, path);
      if (['NOT_FOUND', 'NAME_INVALID', 'SPECIAL_FILE'].includes(error.kind)) return null;
      throw error;
    }
  });
}
