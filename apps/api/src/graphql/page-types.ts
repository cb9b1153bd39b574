import type { GraphQLScalarType } from 'graphql';
import { ArgsType, Authorized, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { Bounded, CURSOR } from './bounds.js';
import type { AnyOf } from './rights.js';
import { PageContent } from './declarations.js';
import { PageInfo } from './types.js';

/** Arguments of a list that pages in both directions. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true })
  first?: number | null;

  @Bounded(CURSOR)
  @Field(() => String, { nullable: true })
  after?: string | null;

  @Field(() => Int, { nullable: true })
  last?: number | null;

  @Bounded(CURSOR)
  @Field(() => String, { nullable: true })
  before?: string | null;
}

/** Arguments of a list that pages forward only. */
@ArgsType()
export class ForwardPageArgs {
  @Field(() => Int, { nullable: true })
  first?: number | null;

  @Bounded(CURSOR)
  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** Arguments of a list that pages forward, and of which any place can be shown. */
@ArgsType()
export class PlacedPageArgs extends ForwardPageArgs {
  @Field(() => Int, { nullable: true })
  offset?: number | null;
}

/** How a page counts its matches; absent when it does not. */
interface Total {
  type: () => typeof Int | GraphQLScalarType;
  nullable?: boolean;
}

/** `NameConnection` and `NameEdge` of a node type, for those with its rights; its value is a `Page`. */
export function pageType<T extends object>(
  node: () => ClassType<T>,
  name: string,
  rights: AnyOf,
  total?: Total,
): ClassType<object> {
  @Authorized(...rights)
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(node)
    node!: object;
  }

  @Authorized(...rights)
  @ObjectType(`${name}Connection`)
  class Connection {
    @PageContent()
    @Field(() => [Edge])
    edges!: Edge[];

    @PageContent()
    @Field(() => [node()])
    nodes!: object[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  if (total !== undefined) {
    Field(total.type, { nullable: total.nullable ?? false })(Connection.prototype, 'totalCount');
  }
  return Connection;
}
