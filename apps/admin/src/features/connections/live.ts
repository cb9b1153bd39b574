import { graphql } from '@sluice/client/graphql';
import { useStream } from '../../graphql/use-stream.js';

const ConnectionsChanged = graphql(`
  subscription ConnectionsChanged($after: String) {
    changes(topics: [CONNECTION], after: $after) {
      cursor
      subjectId
    }
  }
`);

/** Tells of each connection that changes, and with null of a time in which changes may have been missed. */
export function useConnectionEvents(onChange: (connectionId: string | null) => void): void {
  useStream(
    ConnectionsChanged,
    { after: null },
    ({ changes }) => {
      onChange(changes?.subjectId ?? null);
      return changes?.cursor ?? null;
    },
    () => onChange(null),
  );
}
