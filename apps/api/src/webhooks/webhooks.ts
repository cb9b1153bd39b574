import type { Access } from '../access/access.js';
import type { Base } from '../base.js';
import { inOrder } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { Sender } from './attempt.js';
import { Deliveries } from './deliveries.js';
import { WebhookDeliveriesResolver, WebhookDeliveryResolver } from './delivery.resolver.js';
import { DeliveryService } from './delivery.service.js';
import { DeliveryStore } from './delivery.store.js';
import { WebhookResolver } from './webhook.resolver.js';
import { WebhookService } from './webhook.service.js';
import { WebhookStore } from './webhook.store.js';

/**
 * Webhooks: changes of objects, sent to other systems. What is recorded as a change is decided by each domain, the log of
 * changes is the matter of `live/`, and which addresses may be reached that of `net/`. `delivers`: whether this process sends.
 */
export function createWebhooks(
  base: Base,
  { access: { idempotency }, nodes }: { access: Pick<Access, 'idempotency'>; nodes: NodeFinder },
  delivers: boolean,
): Domain {
  const deliveryStore = new DeliveryStore(base);
  const store = new WebhookStore(base, deliveryStore);
  const sender = new Sender(base);
  const service = new WebhookService(base, store, sender, idempotency);
  const deliveryService = new DeliveryService(base, deliveryStore, store, sender);
  const deliveries = delivers ? new Deliveries(base, store, sender) : null;
  return {
    resolvers: [
      new WebhookResolver(service),
      new WebhookDeliveriesResolver(deliveryService),
      new WebhookDeliveryResolver(nodes),
    ],
    nodes: [{ prefix: 'whk', typeName: 'Webhook', load: async (ids) => inOrder(ids, await service.byIds(ids)) }],
    start: async () => deliveries?.start(),
    stop: async () => deliveries?.stop(),
  };
}
