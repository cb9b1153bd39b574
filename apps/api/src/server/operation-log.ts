import type { DocumentNode } from 'graphql';
import { hashOf } from '../graphql/documents.js';
import type { Log } from '../log.js';
import type { OperationContext } from './operation-context.js';

/** What was asked for; without a document where it could not be read. */
interface Asked {
  name: string | null | undefined;
  document?: DocumentNode | undefined;
}

/** One line per operation, without its variables. */
export function logOperation(log: Log, context: OperationContext, { name, document }: Asked, codes: unknown[]): void {
  if (!log.isLevelEnabled('info')) return;
  log.info(
    {
      requestId: context.requestId,
      operation: name ?? 'anonymous',
      document: document === undefined ? null : hashOf(document),
      actorId: context.caller?.actorId ?? null,
      durationMs: Math.round(performance.now() - context.startedAt),
      cost: context.charge?.requested ?? null,
      codes,
    },
    'operation',
  );
}
