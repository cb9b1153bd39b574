/*
 * `webhooks/` is word of changes: which call tells what (`told-changes.ts`), whom it is sent to and how (`hook-feed.ts`), and
 * the API of hooks and triggers in both generations (`routes.ts`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from '../ids.js';
import type { Behaviour } from '../options.js';
import type { Hook, WorldState } from '../model/types.js';

/** Who changed something; `applicationId` null for a person in the web app. */
export interface Actor {
  userId: number;
  applicationId: number | null;
}

export type HookEvent = 'create' | 'update' | 'delete';
export type HookResource = 'files' | 'folders' | 'file_versions';

export interface Delivery {
  id: number;
  status: 'enqueued' | 'retrying' | 'delivered' | 'failed' | 'discarded';
  /** Status of the last answer; null before it, and without one. */
  response: number | null;
  payload: Readonly<Record<string, unknown>>;
}

export interface FeedParts {
  state: WorldState;
  now: () => number;
  nextId: () => number;
  behaviour: Pick<Behaviour, 'deliveries' | 'fileVersionsResource'>;
}

const ANSWER_MS = 5_000;
const FIRST_RETRY_MS = 1_000;
/** For what is sent in the reverse order to come together. */
const GATHERING_MS = 50;
const LONGEST_RETRY_MS = 3_600_000;
/** Word that was not taken for so long is discarded with all that waits behind it. */
const PATIENCE_MS = 12 * 3_600_000;
const KEPT_DELIVERIES = 1_000;

/** Sends word of changes to hooks: of each hook one at a time; one that fails lets the others wait. */
export class HookFeed {
  private readonly kept = new Map<number, Delivery[]>();
  private readonly queues = new Map<number, Delivery[]>();
  private readonly underWay = new Map<number, Promise<void>>();
  private readonly end = new AbortController();

  constructor(private readonly parts: FeedParts) {}

  /** Name of a kind of object as hooks of a project know it. */
  resourceName(resource: HookResource): string {
    if (resource === 'files') return 'Project Files';
    return resource === 'folders' ? 'Project Folders' : this.parts.behaviour.fileVersionsResource;
  }

  /** Tells the hooks of a project of a change. */
  tell(projectId: number, resource: HookResource, event: HookEvent, id: number, actor: Actor): void {
    const name = this.resourceName(resource);
    for (const hook of this.parts.state.hooks?.values() ?? []) {
      const isMeant = hook.triggers.some((one) => one.resource === name && one.event === event);
      if (hook.projectId !== projectId || hook.status !== 'active' || !isMeant) continue;
      this.enqueue(hook, this.payload(hook, { name, event, id, actor }));
    }
  }

  /** Newest first. */
  deliveries(hookId: number): Delivery[] {
    return [...(this.kept.get(hookId) ?? [])].reverse();
  }

  /** Sends what was held. */
  release(): void {
    for (const hook of this.parts.state.hooks?.values() ?? []) this.begin(hook);
  }

  /** Resolves when nothing is being sent. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay.values());
  }

  stop(): void {
    this.end.abort();
  }

  private payload(hook: Hook, change: { name: string; event: HookEvent; id: number; actor: Actor }) {
    const { companyId, projectId } = hook;
    const { userId, applicationId } = change.actor;
    return {
      id: this.parts.nextId(),
      ulid: ulid(),
      timestamp: new Date(this.parts.now()).toISOString(),
      metadata: {
        source_user_id: userId,
        source_project_id: projectId,
        source_operation_id: null,
        source_company_id: companyId,
        source_application_id: applicationId,
      },
      user_id: userId,
      company_id: companyId,
      project_id: projectId,
      api_version: 'v2.0',
      event_type: change.event,
      resource_name: change.name,
      resource_id: change.id,
    };
  }

  private enqueue(hook: Hook, payload: Delivery['payload']): void {
    const delivery: Delivery = { id: this.parts.nextId(), status: 'enqueued', response: null, payload };
    const kept = listOf(this.kept, hook.id);
    kept.push(delivery);
    if (kept.length > KEPT_DELIVERIES) kept.shift();
    const queue = listOf(this.queues, hook.id);
    const { deliveries } = this.parts.behaviour;
    if (deliveries === 'backwards') queue.unshift(delivery);
    else queue.push(delivery);
    if (deliveries === 'twice') queue.push(delivery);
    if (deliveries !== 'held') this.begin(hook);
  }

  private begin(hook: Hook): void {
    if (this.underWay.has(hook.id) || this.end.signal.aborted) return;
    const work = this.send(hook)
      .catch(() => undefined)
      .finally(() => this.underWay.delete(hook.id));
    this.underWay.set(hook.id, work);
  }

  private async send(hook: Hook): Promise<void> {
    const { signal } = this.end;
    const queue = listOf(this.queues, hook.id);
    if (this.parts.behaviour.deliveries === 'backwards') await sleep(GATHERING_MS, undefined, { signal, ref: false });
    for (let wait = FIRST_RETRY_MS, failingSince: number | null = null; queue.length > 0;) {
      const delivery = queue[0]!;
      if (await this.isTaken(hook, delivery)) {
        queue.splice(queue.indexOf(delivery), 1);
        [wait, failingSince] = [FIRST_RETRY_MS, null];
        continue;
      }
      failingSince ??= this.parts.now();
      if (this.parts.now() - failingSince >= PATIENCE_MS) for (const left of queue.splice(0)) left.status = 'discarded';
      else await sleep(wait, undefined, { signal, ref: false });
      wait = Math.min(wait * 2, LONGEST_RETRY_MS);
    }
  }

  /** What a hook that was removed or switched off still has waits for nobody. */
  private async isTaken(hook: Hook, delivery: Delivery): Promise<boolean> {
    if (this.parts.state.hooks?.get(hook.id)?.status !== 'active') {
      delivery.status = 'discarded';
      return true;
    }
    const signal = AbortSignal.any([this.end.signal, AbortSignal.timeout(ANSWER_MS)]);
    const headers = { 'content-type': 'application/json', authorization: hook.authorization };
    const request = {
      method: 'POST',
      headers,
      body: JSON.stringify(delivery.payload),
      signal,
      redirect: 'manual',
    } as const;
    delivery.response = await fetch(hook.url, request).then(
      async (reply) => {
        await reply.body?.cancel();
        return reply.status;
      },
      () => null,
    );
    const isTaken = delivery.response !== null && delivery.response >= 200 && delivery.response < 300;
    delivery.status = isTaken ? 'delivered' : 'retrying';
    return isTaken;
  }
}

function listOf<T>(lists: Map<number, T[]>, id: number): T[] {
  const known = lists.get(id);
  if (known) return known;
  const made: T[] = [];
  lists.set(id, made);
  return made;
}
