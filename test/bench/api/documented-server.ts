import { EventEmitter, on, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

/** A change of a job as a subscriber is told it; on each side the object is read anew. */
export const CHANGE = `subscription ($id: ID!) { jobChanged(jobId: $id) {
  cursor topic change subjectId occurredAt
  subject { id ... on Job { name version description state stopReason transferType labels approval nextStartAt updatedAt
    ledgerItemCount source { path remoteId } destination { path remoteId } } }
} }`;

const PART = `
  scalar DateTime
  scalar SafeInt
  type Query { version: String }
  type Subscription { jobChanged(jobId: ID!): ChangeEvent }
  type ChangeEvent { cursor: String! topic: String! change: String! subjectId: ID! occurredAt: DateTime! subject: Node }
  interface Node { id: ID! }
  type Location { path: String! remoteId: String }
  type Job implements Node {
    id: ID! name: String! version: Int! description: String state: String! stopReason: String transferType: String!
    labels: [String!]! approval: String! nextStartAt: DateTime updatedAt: DateTime! ledgerItemCount: SafeInt!
    source: Location! destination: Location
  }
`;

/** graphql-ws as its page shows it: the operation of each subscriber is executed for each event. */
export class DocumentedServer {
  private readonly events = new EventEmitter().setMaxListeners(0);
  private readonly server: Server = createServer();
  private readonly protocol: { dispose: () => void | Promise<void> };

  constructor() {
    const sockets = new WebSocketServer({ server: this.server, path: '/graphql', perMessageDeflate: false });
    this.protocol = useServer({ schema: this.schema() }, sockets);
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/graphql`;
  }

  get followerCount(): number {
    return this.events.listenerCount('change');
  }

  /** Tells all subscribers of a change, which has the form of the product's answer. */
  publish(change: Record<string, unknown>): void {
    this.events.emit('change', change);
  }

  async close(): Promise<void> {
    await this.protocol.dispose();
    this.server.closeAllConnections();
    this.server.close();
  }

  private schema(): GraphQLSchema {
    const schema = buildSchema(PART);
    const { jobChanged } = schema.getSubscriptionType()?.getFields() ?? {};
    const node = schema.getType('Job');
    if (jobChanged === undefined || !(node instanceof GraphQLObjectType)) throw new Error('The schema is not whole.');
    jobChanged.subscribe = () => on(this.events, 'change');
    jobChanged.resolve = ([change]: [unknown]) => change;
    node.isTypeOf = () => true;
    return schema;
  }
}
