import { randomUUID } from 'node:crypto';
import {
  createSourceEventStream,
  GraphQLError,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Config } from '../config.js';
import { requestError } from '../graphql/errors.js';
import { maskError } from '../graphql/masking.js';
import type { Pipeline } from '../graphql/pipeline.js';
import type { Log } from '../log.js';
import type { Meter } from '../metrics/meter.js';
import { ofFields } from './http-request.js';
import type { Tracer } from '../tracing/tracer.js';
import { Deadline, OperationContext } from './operation-context.js';
import { logOperation } from './operation-log.js';
import type { Peer } from './peer.js';
import type { Renewal } from './renewal.js';
import { SharedExecutions } from './shared-execution.js';

export interface SubscriptionParts {
  config: Pick<Config, 'limits'>;
  schema: GraphQLSchema;
  pipeline: Pipeline;
  log: Log;
  meter: Pick<Meter, 'errors'>;
  tracer: Tracer;
}

/** The context of a subscription; its caller becomes the one that the connection has at each event. */
class StreamContext extends OperationContext {
  /** Absent until it is read, and where it cannot be. */
  document: DocumentNode | undefined;

  constructor(
    readonly peer: Peer,
    /** By which the client knows the subscription. */
    readonly id: string,
    origin: { requestId: string; tracer: Tracer },
    deadline: Deadline,
  ) {
    super({ ...origin, caller: peer.caller, address: peer.address }, deadline);
  }
}

const NEVER_MS = 2 ** 31 - 1;
/** Seconds that a client is told to wait when it has the allowed number of subscriptions; when one ends is not known. */
const FULL_RETRY_SECONDS = 5;

/** Subscriptions of all connections: how one begins, what each event is answered with, and what its errors tell. */
export class Subscriptions {
  /** The context of each operation by the message that began it. */
  private readonly contexts = new WeakMap<object, StreamContext>();
  private readonly executions: SharedExecutions;

  constructor(
    private readonly parts: SubscriptionParts,
    private readonly renewal: Pick<Renewal, 'underWay'>,
  ) {
    this.executions = new SharedExecutions(parts.config.limits.operationTime);
  }

  /** The execution for a message that begins a subscription, or the errors that forbid it. */
  async begin(peer: Peer, id: string, payload: SubscribePayload): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const { tracer } = this.parts;
    const requestId = randomUUID();
    const context = new StreamContext(peer, id, { requestId, tracer }, new Deadline(NEVER_MS));
    this.contexts.set(payload, context);
    try {
      const refused = this.refusalOf(peer);
      if (refused !== null) return [refused];
      if (!tracer.isOn) return await this.admit(context, payload);
      const about = { 'sluice.request.id': requestId };
      return await tracer.span('subscribe', about, () => this.admit(context, payload));
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  /**
   * Executes the operation for every event, each time with new loaders, and sends what it gives; results with errors are
   * left to graphql-ws, which has them masked. The end of the stream aborts its signal.
   */
  async stream(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
    const context = args.contextValue as StreamContext;
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source;
    const results = this.tellEach(source, args, context);
    // A generator that waits for an event answers `return` only after that event; the aborted signal ends the wait.
    return Object.assign(Object.create(results) as typeof results, {
      next: () => results.next(),
      return: (value: undefined) => {
        context.deadline.clientLeft();
        return results.return(value);
      },
      [Symbol.asyncIterator](): AsyncGenerator<ExecutionResult> {
        return this as unknown as AsyncGenerator<ExecutionResult>;
      },
    });
  }

  /** A result as it is told, where it is not as it is. */
  maskResult(result: ExecutionResult, payload: SubscribePayload, args: ExecutionArgs): ExecutionResult | undefined {
    if (result.errors === undefined) return undefined;
    const errors = this.tell(result.errors, payload, args.contextValue as StreamContext);
    return { ...result, errors: errors as unknown as GraphQLError[] };
  }

  maskErrors(errors: readonly GraphQLError[], payload: SubscribePayload): readonly GraphQLFormattedError[] {
    const context = this.contexts.get(payload);
    return context === undefined ? [] : this.tell(errors, payload, context);
  }

  private refusalOf(peer: Peer): GraphQLError | null {
    const { maxSubscriptionsPerSocket } = this.parts.config.limits;
    const isFull = peer.countOpen() > maxSubscriptionsPerSocket;
    const retryAfter = isFull ? FULL_RETRY_SECONDS : peer.secondsToSubscribe();
    if (retryAfter === 0) return null;
    const reason = isFull ? `has at most ${maxSubscriptionsPerSocket} subscriptions` : 'began too many subscriptions';
    return requestError('RATE_LIMITED', `This connection ${reason}; try again in ${retryAfter} s.`, { retryAfter });
  }

  private async admit(
    context: StreamContext,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const { pipeline, schema, log } = this.parts;
    const { operationName, variables, ...asked } = ofFields({ ...payload }, false);
    const document = await pipeline.documents.parse(pipeline.known.textOf(asked));
    context.document = document;
    const admitted = await pipeline.admit({ document, operationName, variables }, context, 'WEBSOCKET');
    if (!('charge' in admitted)) return admitted;
    context.charge = admitted.charge;
    logOperation(log, context, { name: admitted.operation.name?.value, document }, []);
    return { schema, document, operationName, variableValues: variables, contextValue: context };
  }

  /** An event that comes while rights are checked waits for the result; after the caller lost access no event is sent. */
  private async *tellEach(source: AsyncIterable<unknown>, args: ExecutionArgs, context: StreamContext) {
    const { peer, deadline } = context;
    for await (const event of source) {
      const check = this.renewal.underWay;
      if (check !== null) await check;
      context.caller = peer.caller;
      if (context.caller === null) return;
      const { result, messageTo } = await this.executions.execute(args, event);
      if (deadline.isOver) return;
      const sending = messageTo === null ? null : peer.send(messageTo(context.id));
      if (messageTo === null) yield result;
      else if (sending !== null) await sending;
    }
  }

  /** Errors in the form that the client sees, with the request identifier of their line in the log. */
  private tell(
    errors: readonly GraphQLError[],
    { operationName }: SubscribePayload,
    context: StreamContext,
  ): readonly GraphQLFormattedError[] {
    const masked = errors.map((error) => maskError(error, context.requestId, this.parts.log));
    const codes = masked.map(({ extensions }) => extensions?.['code']);
    this.parts.meter.errors('websocket', codes);
    logOperation(this.parts.log, context, { name: operationName, document: context.document }, codes);
    return masked;
  }
}
