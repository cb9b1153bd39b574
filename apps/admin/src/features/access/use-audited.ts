import { graphql, type MutationName } from '@sluice/client/graphql';
import { useCan } from '../../domain/session.js';
import { useSoon } from '../../graphql/use-changes.js';
import { useStream } from '../../graphql/use-stream.js';

const AuditedStream = graphql(`
  subscription AuditedChanges($filter: AuditEventFilter, $after: String) {
    auditEventAppended(filter: $filter, after: $after) {
      cursor
    }
  }
`);

/** Reads what is shown again after somebody has done one of these: users and tokens are no topic, and the audit log tells of them. */
export function useAudited(actions: readonly MutationName[], read: () => void): void {
  const soon = useSoon(read);
  const variables = { filter: { actions: [...actions], outcomes: ['SUCCEEDED' as const] }, after: null };
  useStream(
    AuditedStream,
    useCan('AUDIT_READ') ? variables : null,
    ({ auditEventAppended }) => {
      soon();
      return auditEventAppended?.cursor ?? null;
    },
    soon,
  );
}
