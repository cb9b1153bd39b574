import { graphql, type SluiceClient } from '@sluice/client';
import { findRun } from './find.js';
import { line, word, type Terminal } from './terminal.js';

const Problem = graphql(`
  fragment Problem on UserError {
    code
    message
    field
  }
`);

const RunPause = graphql(
  `
    mutation RunPause($id: ID!) {
      runPause(id: $id) {
        run {
          state
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);

const RunResume = graphql(
  `
    mutation RunResume($id: ID!) {
      runResume(id: $id) {
        run {
          state
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);

const RunCancel = graphql(
  `
    mutation RunCancel($id: ID!, $isImmediate: Boolean!) {
      runCancel(id: $id, isImmediate: $isImmediate) {
        run {
          state
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);

export type Control = 'pause' | 'resume' | 'cancel';

/** Tells a run, or the latest one of a job, to rest, go on or end. */
export async function control(
  terminal: Terminal,
  client: SluiceClient,
  given: string,
  what: Control,
  isImmediate: boolean,
): Promise<void> {
  const id = await findRun(client, given);
  const { run } = await told(client, id, what, { isImmediate, signal: terminal.signal });
  line(terminal.out, `${id}: ${word(run.state)}`);
}

function told(
  client: SluiceClient,
  id: string,
  what: Control,
  { isImmediate, signal }: { isImmediate: boolean; signal: AbortSignal },
) {
  if (what === 'pause') return client.mutate(RunPause, { id }, { signal });
  if (what === 'resume') return client.mutate(RunResume, { id }, { signal });
  return client.mutate(RunCancel, { id, isImmediate }, { signal });
}
