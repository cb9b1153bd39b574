import { Arg, Authorized, Ctx, ID, Query, Resolver } from 'type-graphql';
import { BoundedArguments } from './bounds.js';
import { AtMost } from './declarations.js';
import type { Context } from './context.js';
import type { NodeFinder } from './node-finder.js';
import { Node } from './types.js';

@Resolver()
export class NodeResolver {
  constructor(private readonly finder: NodeFinder) {}

  @Authorized('IDENTITY')
  @Query(() => Node, { nullable: true })
  node(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<object | null> {
    return this.finder.find(id, context);
  }

  @Authorized('IDENTITY')
  @BoundedArguments({ ids: { maxEntries: 100 } })
  @AtMost(100, 'ids')
  @Query(() => [Node], { nullable: 'itemsAndList' })
  async nodes(@Arg('ids', () => [ID]) ids: string[], @Ctx() context: Context): Promise<(object | null)[]> {
    return Promise.all(ids.map((id) => this.finder.find(id, context)));
  }
}
