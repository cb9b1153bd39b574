import type { Base } from '../base.js';
import { inOrder } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import { Actors } from './actors.js';
import { Idempotency } from './idempotency.js';
import { ConflictResolver, SessionResolver, TokenResolver } from './access.resolver.js';
import { AccessService } from './access.service.js';
import { TokenService } from './tokens.js';
import { ApiToken, User } from './access.types.js';
import { UserResolver } from './user.resolver.js';
import { UserService } from './user.service.js';
import { UserStore } from './user.store.js';

export interface Access extends Domain {
  service: AccessService;
  actors: Actors;
  idempotency: Idempotency;
}

/**
 * Access: people, their sessions, tokens of other systems, and the keys that make creations repeatable. It tells who sends a
 * request; which right a field needs stands beside the field (`graphql/rights.ts`), and accounts on platforms are
 * connections (`connections/`).
 */
export function createAccess(base: Base): Access {
  const service = new AccessService(base);
  const idempotency = new Idempotency(base);
  const actors = new Actors(service.store);
  const tokens = new TokenService(base, service.store, idempotency);
  const users = new UserService(base, new UserStore(base.db), service.guard, idempotency);
  return {
    service,
    actors,
    idempotency,
    resolvers: [
      new SessionResolver(service, actors, base.config),
      new TokenResolver(tokens, actors),
      new UserResolver(users),
      new ConflictResolver(actors),
    ],
    types: [User, ApiToken],
    nodes: [
      { prefix: 'usr', typeName: 'User', load: async (ids) => inOrder(ids, await service.store.usersByIds(ids)) },
      { prefix: 'tok', typeName: 'ApiToken', load: async (ids) => inOrder(ids, await service.store.tokensByIds(ids)) },
    ],
  };
}
