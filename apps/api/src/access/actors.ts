import type { ApiTokenRow, UserRow } from '../db/row-types.js';
import { inOrder, loaderOf, type Context } from '../graphql/context.js';
import { prefixOf } from '../graphql/ids.js';
import type { AccessStore } from './access.store.js';

/** Finds the person or token that an object names; null when it is gone. */
export class Actors {
  constructor(private readonly store: AccessStore) {}

  async find(id: string | null, context: Context): Promise<UserRow | ApiTokenRow | null> {
    if (id === null) return null;
    const isUser = prefixOf(id) === 'usr';
    return isUser ? this.users(context).load(id) : this.tokens(context).load(id);
  }

  private users(context: Context) {
    return loaderOf<UserRow>(context, 'actors.users', async (ids) => inOrder(ids, await this.store.usersByIds(ids)));
  }

  private tokens(context: Context) {
    return loaderOf<ApiTokenRow>(context, 'actors.tokens', async (ids) =>
      inOrder(ids, await this.store.tokensByIds(ids)),
    );
  }
}
