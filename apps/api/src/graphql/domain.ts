import type { FastifyInstance } from 'fastify';
import type { Context } from './context.js';

/** A type that `node(id:)` finds. */
export interface NodeType {
  /** First part of its identifiers, see `newId`. */
  prefix: string;
  /** Its rights say to whom its objects are visible. */
  typeName: string;
  /** One object per id, null for what is missing. */
  load(ids: readonly string[], context: Context): Promise<readonly (object | null)[]>;
}

/** One domain of the product, as the composition root sees it. */
export interface Domain {
  /** Instances of type-graphql's resolver classes. */
  resolvers?: object[];
  /** Object types that only interfaces or unions lead to. */
  types?: (new (...args: never[]) => object)[];
  nodes?: NodeType[];
  /** What the domain serves besides GraphQL. */
  routes?: ((server: FastifyInstance) => void)[];
  /** Begins background work; the server does not listen yet. */
  start?(): Promise<void>;
  /** Ends background work and waits for it. */
  stop?(): Promise<void>;
}
