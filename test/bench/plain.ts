import { buildSchema, type GraphQLScalarType, type GraphQLSchema } from 'graphql';

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
export function plainSchema(product: GraphQLSchema): GraphQLSchema {
  const schema = buildSchema(PART);
  for (const name of ['DateTime', 'SafeInt']) {
    const [own, given] = [schema.getType(name), product.getType(name)] as GraphQLScalarType[];
    if (own && given) own.serialize = given.serialize;
  }
  return schema;
}

/** The data of an answer as it lies in memory: times are dates. */
export function revive(data: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(data);
  return JSON.parse(text, (key, value: unknown) =>
    /(At|Until)$/.test(key) && typeof value === 'string' ? new Date(value) : value,
  ) as Record<string, unknown>;
}
