/*
 * feed/ is how Procore tells of changes by itself: a hook of the project with triggers (this file), the requests about them
 * (hook-requests.ts), and the reading of what it sends (read-change.ts).
 */
import { PlatformError } from '@sluice/core/platform';
import type { Call, ChangeFeed, FeedState, FeedTarget } from '@sluice/core/platform';
import type { ProcoreClient } from '../api/client.js';
import { idOf, recordOf } from '../api/json.js';
import type { RequestSender } from '../api/sender.js';
import { throwIfAborted } from '../api/waits.js';
import { isKind, isNotServed } from '../errors.js';
import { HookRequests } from './hook-requests.js';
import type { Hook, HookPlace, HookVersion, Trigger } from './hook-requests.js';
import { readNote } from './read-change.js';
import type { FeedNote } from './read-change.js';

const EVENTS = ['create', 'update', 'delete'] as const;
/** By what each is called; Procore's own list of names says which of several holds. */
const RESOURCES: readonly (readonly string[])[] = [
  ['Project Files'],
  ['Project Folders'],
  ['Project File Versions', 'File Versions'],
];
/** Characters of a secret that Procore shows. */
const SHOWN_END = 5;

export interface FeedPlace {
  companyId: string | null;
  projectId: string | null;
  isServiceAccount: boolean;
}

/** One hook of the project, with a trigger for each change of files, folders and versions. */
export class ProcoreChangeFeed implements ChangeFeed {
  constructor(
    private readonly sender: Pick<RequestSender, 'send'>,
    private readonly client: Pick<ProcoreClient, 'me'>,
    private readonly place: FeedPlace,
  ) {}

  async ensure(target: FeedTarget, known: string | null, call: Call): Promise<FeedState> {
    throwIfAborted(call.signal);
    const before = await this.noteOfHere(readNote(known), call);
    const { requests, hooks } = await this.found(before?.version ?? 'v2.0', call);
    const own = hooks.filter(({ id, url }) => url === target.url || id === before?.hookId);
    const kept = own.find((hook) => isUsable(hook, target)) ?? null;
    for (const { id } of own) if (id !== kept?.id) await gone(requests.removeHook(id, call));
    const hookId = kept?.id ?? (await requests.makeHook(target, call));
    const hasAdded = await this.ensureTriggers(requests, hookId, kept, call);
    const note = await this.noteOf(requests.version, hookId, before, call);
    return { note: JSON.stringify(note), wasMade: kept === null || hasAdded };
  }

  async remove(target: FeedTarget, known: string | null, call: Call): Promise<void> {
    throwIfAborted(call.signal);
    const before = readNote(known);
    if (before !== null) return gone(this.requests(before.version, before).removeHook(before.hookId, call));
    const { requests, hooks } = await this.found('v2.0', call);
    for (const { id, url } of hooks) if (url === target.url) await gone(requests.removeHook(id, call));
  }

  /** The hooks of the project, by the addresses that are served. */
  private async found(version: HookVersion, call: Call): Promise<{ requests: HookRequests; hooks: Hook[] }> {
    const other = version === 'v2.0' ? 'v1.0' : 'v2.0';
    const first = this.requests(version);
    try {
      return { requests: first, hooks: await first.hooks(call) };
    } catch (error) {
      if (!isNotServed(error)) throw error;
    }
    const second = this.requests(other);
    try {
      return { requests: second, hooks: await second.hooks(call) };
    } catch (error) {
      throw explained(error);
    }
  }

  /** Whether any was missing. `kept`: the hook as it was told; null for a new one. */
  private async ensureTriggers(requests: HookRequests, id: string, kept: Hook | null, call: Call): Promise<boolean> {
    if (kept?.triggerCount === RESOURCES.length * EVENTS.length) return false;
    const there = kept === null ? [] : await requests.triggers(id, call);
    const missing = without(await this.wanted(requests, call), there);
    if (missing.length === 0) return false;
    await requests.addTriggers(id, missing, call).catch((error: unknown) => {
      if (!isNotServed(error) && !isKind(error, 'REJECTED', 'FILE_TOO_LARGE')) throw error;
    });
    const refused = without(missing, await requests.triggers(id, call));
    for (const trigger of refused) await requests.addTrigger(id, trigger, call);
    return true;
  }

  private async wanted(requests: HookRequests, call: Call): Promise<Trigger[]> {
    const names: readonly string[] = await requests.resources(call).catch((error: unknown) => {
      if (!isNotServed(error)) throw error;
      return [];
    });
    const resources = RESOURCES.map((choices) => choices.find((name) => names.includes(name)) ?? choices[0]!);
    return resources.flatMap((resource) => EVENTS.map((event) => ({ resource, event })));
  }

  private async noteOf(version: HookVersion, hookId: string, before: FeedNote | null, call: Call): Promise<FeedNote> {
    const userId = before?.userId ?? idOf(recordOf((await this.client.me(call)).json)?.['id']);
    const { isServiceAccount } = this.place;
    return { version, hookId, ...this.ids(), userId, isServiceAccount };
  }

  /** Null for the note of another project, which the connection was for before: what still stands there is taken away. */
  private async noteOfHere(before: FeedNote | null, call: Call): Promise<FeedNote | null> {
    if (before === null || before.projectId === this.ids().projectId) return before;
    await gone(this.requests(before.version, before).removeHook(before.hookId, call), 'ACCESS_DENIED');
    return null;
  }

  /** About the project of the connection, unless another one is given. */
  private requests(version: HookVersion, place: HookPlace = this.ids()): HookRequests {
    return new HookRequests(this.sender, place, version);
  }

  private ids(): HookPlace {
    const { companyId, projectId } = this.place;
    if (companyId !== null && projectId !== null) return { companyId, projectId };
    throw new PlatformError('REJECTED', 'No project has been chosen.', {
      remedy: 'Choose the project of the connection.',
    });
  }
}

/** Whether a hook reports to the target with the secret of now, as far as its end tells. */
function isUsable({ url, isActive, authorization }: Hook, target: FeedTarget): boolean {
  const isSame = authorization === null || authorization.endsWith(target.authorization.slice(-SHOWN_END));
  return url === target.url && isActive && isSame;
}

const without = (all: readonly Trigger[], some: readonly Trigger[]): Trigger[] =>
  all.filter(({ resource, event }) => !some.some((one) => one.resource === resource && one.event === event));

/** What is gone already need not be removed, nor what `unreachable` says cannot be. */
async function gone(removing: Promise<void>, ...unreachable: 'ACCESS_DENIED'[]): Promise<void> {
  await removing.catch((error: unknown) => {
    if (!isKind(error, 'NOT_FOUND', ...unreachable)) throw error;
  });
}

function explained(error: unknown): unknown {
  if (!isKind(error, 'ACCESS_DENIED', 'NOT_FOUND', 'REJECTED')) return error;
  const { remoteStatus, message } = error;
  return new PlatformError('ACCESS_DENIED', `Procore does not let the account set up webhooks. ${message}`, {
    remoteStatus: remoteStatus ?? undefined,
    remedy: 'Give the account the level Standard for “Webhooks API” in the permissions of the project.',
  });
}
