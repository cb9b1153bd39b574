import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  buildSchema,
  execute,
  parse,
  validate,
  type DocumentNode,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql';

/** The list of runs as the web app shows it. */
export const RUN_LIST = `{
  runs(first: 100) {
    totalCount
    nodes {
      id number state stateReason { message } waitingUntil trigger queuedAt startedAt finishedAt
      statistics { asOfSequence itemsPlanned itemsDone bytesDone progress outcomes { outcome itemCount byteCount } }
      job { id name }
    }
  }
}`;

const PART = `
  scalar DateTime
  scalar SafeInt
  type Query { runs(first: Int): RunConnection }
  type RunConnection { totalCount: Int! nodes: [Run!]! }
  type Run {
    id: ID! number: Int! state: RunState! stateReason: UserError waitingUntil: DateTime trigger: RunTrigger!
    queuedAt: DateTime! startedAt: DateTime finishedAt: DateTime statistics: RunStatistics! job: Job!
  }
  type RunStatistics {
    asOfSequence: SafeInt! itemsPlanned: SafeInt itemsDone: SafeInt! bytesDone: SafeInt! progress: Float
    outcomes: [OutcomeCount!]!
  }
  type OutcomeCount { outcome: ItemOutcome! itemCount: SafeInt! byteCount: SafeInt! }
  type Job { id: ID! name: String! }
  type UserError { message: String! }
  enum RunState { TRANSFERRING }
  enum RunTrigger { MANUAL }
  enum ItemOutcome { CREATED FLAGGED }
`;

/** The part of the schema that the list needs, for graphql-js alone, with the product's own scalars. */
function plainSchema(product: GraphQLSchema): GraphQLSchema {
  const schema = buildSchema(PART);
  for (const name of ['DateTime', 'SafeInt']) {
    const [own, given] = [schema.getType(name), product.getType(name)] as GraphQLScalarType[];
    if (own && given) own.serialize = given.serialize;
  }
  return schema;
}

/** The data of an answer as it lies in memory: times are dates. */
function revive(data: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(data);
  return JSON.parse(text, (key, value: unknown) =>
    /(At|Until)$/.test(key) && typeof value === 'string' ? new Date(value) : value,
  ) as Record<string, unknown>;
}

/** graphql-js behind node:http, and nothing else: documents that it has met are parsed and checked. */
export class PlainServer {
  private readonly documents = new Map<string, DocumentNode>();

  private constructor(
    private readonly server: Server,
    private readonly schema: GraphQLSchema,
    private readonly rootValue: Record<string, unknown>,
  ) {}

  /** Answers with `data`, and throws unless it gives it as the product does. */
  static async start(product: GraphQLSchema, data: Record<string, unknown>): Promise<PlainServer> {
    const server = createServer();
    const plain = new PlainServer(server, plainSchema(product), revive(data));
    const answer = JSON.parse(await plain.answer(JSON.stringify({ query: RUN_LIST }))) as { data: unknown };
    if (JSON.stringify(answer.data) !== JSON.stringify(data)) throw new Error('The two sides do not answer the same.');
    server.on('request', (request, reply) => void plain.serve(request, reply));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return plain;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/graphql`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const answer = await this.answer(await text(request));
    reply.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  }

  private async answer(body: string): Promise<string> {
    const { query } = JSON.parse(body) as { query: string };
    const { schema, rootValue } = this;
    const document = this.documents.get(query) ?? this.read(query);
    return JSON.stringify(await execute({ schema, document, rootValue }));
  }

  private read(query: string): DocumentNode {
    const document = parse(query);
    const [error] = validate(this.schema, document);
    if (error) throw error;
    this.documents.set(query, document);
    return document;
  }
}
