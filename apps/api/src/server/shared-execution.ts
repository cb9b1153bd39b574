import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql';
import type { Caller } from '../graphql/context.js';
import { sizeErrorOf } from '../graphql/progress.js';
import { Deadline, OperationContext } from './operation-context.js';
import { textFrame } from './text-frame.js';
import { executeTraced } from './traced-execution.js';

/** What an event is answered with. */
export interface Told {
  result: ExecutionResult;
  /** The message that tells a subscription of it; null where it has errors, which each is told under its own request. */
  messageTo: ((id: string) => Buffer) | null;
}

/**
 * Executes operations for events. Equal subscribers – the same document and variables, the same person or token with the
 * same rights – that are given the same event in the same turn share one execution, whatever their number.
 */
export class SharedExecutions {
  private readonly running = new WeakMap<object, Map<string, Promise<Told>>>();
  private readonly documents = new WeakMap<DocumentNode, number>();
  private documentCount = 0;
  /** What is equal between equal subscribers, kept for each while its caller is the same object. */
  private readonly keys = new WeakMap<ExecutionArgs, { caller: Caller | null; key: string }>();

  /** `operationTime`: milliseconds after which an execution is broken off. */
  constructor(private readonly operationTime: number) {}

  execute(args: ExecutionArgs, event: unknown): Promise<Told> {
    const context = args.contextValue as OperationContext;
    if (typeof event !== 'object' || event === null) return this.executeAlone(args, event, context);
    const key = this.keyOf(args, context);
    const ofEvent = this.running.get(event) ?? new Map<string, Promise<Told>>();
    this.running.set(event, ofEvent);
    const known = ofEvent.get(key);
    if (known !== undefined) return known;
    const result = this.executeAlone(args, event, context);
    ofEvent.set(key, result);
    // A subscriber that is given the event in a later turn gets an execution of its own, with the objects as they are then.
    const forget = () => void setImmediate(() => ofEvent.delete(key));
    result.then(forget, forget);
    return result;
  }

  /** Executes with a deadline of its own: when the subscriber ends, others may still wait for the same execution. */
  private async executeAlone(args: ExecutionArgs, rootValue: unknown, context: OperationContext): Promise<Told> {
    const deadline = new Deadline(this.operationTime);
    try {
      const contextValue = new OperationContext(context, deadline);
      const result = await executeTraced({ ...args, rootValue, contextValue }, contextValue);
      const tooLarge = sizeErrorOf(contextValue);
      return toldOf(tooLarge === null ? result : { errors: [tooLarge] });
    } finally {
      deadline.clear();
    }
  }

  private keyOf(args: ExecutionArgs, { caller }: OperationContext): string {
    const known = this.keys.get(args);
    if (known !== undefined && known.caller === caller) return known.key;
    const { document, operationName, variableValues } = args;
    const rights = caller === null ? null : [caller.actorId, [...caller.scopes].sort()];
    const key = JSON.stringify([this.numberOf(document), operationName ?? null, variableValues ?? {}, rights]);
    this.keys.set(args, { caller, key });
    return key;
  }

  private numberOf(document: DocumentNode): number {
    const number = this.documents.get(document) ?? ++this.documentCount;
    this.documents.set(document, number);
    return number;
  }
}

function toldOf(result: ExecutionResult): Told {
  if (result.errors !== undefined) return { result, messageTo: null };
  const text = JSON.stringify(result);
  let last: { id: string; frame: Buffer } | null = null;
  // Clients with one subscription often give it the same name, and then get the same bytes.
  const messageTo = (id: string) => {
    if (last?.id !== id)
      last = { id, frame: textFrame(`{"id":${JSON.stringify(id)},"type":"next","payload":${text}}`) };
    return last.frame;
  };
  return { result, messageTo };
}
