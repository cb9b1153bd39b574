import { Arg, Authorized, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from './context.js';
import { requestError } from './errors.js';
import type { NodeFinder } from './node-finder.js';
import { Node } from './types.js';

const MAX_IDS = 100;

@Resolver()
export class NodeResolver {
  constructor(private readonly finder: NodeFinder) {}

  @Authorized('IDENTITY')
  @Query(() => Node, { nullable: true })
  node(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<object | null> {
    return this.finder.find(id, context);
  }

  @Authorized('IDENTITY')
  @Query(() => [Node], { nullable: 'itemsAndList' })
  async nodes(@Arg('ids', () => [ID]) ids: string[], @Ctx() context: Context): Promise<(object | null)[]> {
    if (ids.length > MAX_IDS) throw requestError('BAD_USER_INPUT', `Ask for at most ${MAX_IDS} objects at a time.`);
    return Promise.all(ids.map((id) => this.finder.find(id, context)));
  }
}
