import type { Access } from '../access/access.js';
import type { Base } from '../base.js';
import { inOrder } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import { Sender } from './attempt.js';
import { Deliveries } from './deliveries.js';
import { WebhookResolver } from './webhook.resolver.js';
import { WebhookService } from './webhook.service.js';
import { WebhookStore } from './webhook.store.js';

/**
 * Webhooks: changes of objects, sent to other systems. What is recorded as a change is decided by each domain, the log of
 * changes is the matter of `live/`, and which addresses may be reached that of `net/`. `delivers`: whether this process sends.
 */
export function createWebhooks(base: Base, { idempotency }: Pick<Access, 'idempotency'>, delivers: boolean): Domain {
  const store = new WebhookStore(base);
  const sender = new Sender(base);
  const service = new WebhookService(base, store, sender, idempotency);
  const deliveries = delivers ? new Deliveries(base, store, sender) : null;
  return {
    resolvers: [new WebhookResolver(service)],
    nodes: [{ prefix: 'whk', typeName: 'Webhook', load: async (ids) => inOrder(ids, await service.byIds(ids)) }],
    start: async () => deliveries?.start(),
    stop: async () => deliveries?.stop(),
  };
}
