import { getOperationAST, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { hashOf } from '../graphql/documents.js';
import { execute } from '../graphql/execution/execution.js';
import type { OperationContext } from './operation-context.js';

/** Executes an operation, within a span where there are such. */
export function executeTraced(args: ExecutionArgs, { tracer }: OperationContext): Promise<ExecutionResult> {
  if (!tracer?.isOn) return execute(args);
  const type = getOperationAST(args.document, args.operationName)?.operation;
  const about = { 'sluice.document': hashOf(args.document), ...(type && { 'graphql.operation.type': type }) };
  return tracer.span('execute', about, async (tell) => {
    const result = await execute(args);
    tell({ 'sluice.errors': result.errors?.length ?? 0 });
    return result;
  });
}
