import { graphql, type EnumOf, type SluiceClient } from '@sluice/client';
import { findRun } from './find.js';
import { bytes, line, table, word, type Terminal } from './terminal.js';

const Connections = graphql(`
  query Connections($after: String) {
    connections(first: 100, after: $after) {
      nodes {
        id
        name
        platform {
          key
          displayName
        }
        health {
          status
          message
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const Jobs = graphql(`
  query Jobs($after: String) {
    jobs(first: 100, after: $after) {
      nodes {
        id
        name
        transferType
        state
        nextStartAt
        latestRun {
          id
          number
          state
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const Items = graphql(`
  query Items($runId: ID!, $outcomes: [ItemOutcome!], $after: String) {
    run(id: $runId) {
      items(first: 200, after: $after, filter: { outcomes: $outcomes }) {
        nodes {
          id
          kind
          sourcePath
          destinationPath
          outcome
          reason
          message
          remedy
          byteSize
          sha256
          verifiedBy
          finishedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** Writes entries as they come: a table for each portion, so that a million of them take no memory, or JSON lines. */
async function write<Node>(
  { out }: Terminal,
  nodes: AsyncIterable<Node>,
  isJson: boolean,
  headings: readonly string[],
  cells: (node: Node) => (string | null)[],
): Promise<void> {
  let rows: (string | null)[][] = [];
  for await (const node of nodes) {
    if (isJson) line(out, JSON.stringify(node));
    else if (rows.push(cells(node)) === ROWS_AT_ONCE) {
      line(out, table(headings, rows));
      rows = [];
    }
  }
  if (rows.length > 0) line(out, table(headings, rows));
}

const ROWS_AT_ONCE = 1_000;

export async function listConnections(terminal: Terminal, client: SluiceClient, isJson: boolean): Promise<void> {
  const { signal } = terminal;
  const nodes = client.pages(Connections, {}, ({ connections }) => connections, { signal });
  await write(terminal, nodes, isJson, ['ID', 'PLATFORM', 'STATUS', 'NAME'], ({ id, name, platform, health }) => [
    id,
    platform.displayName,
    word(health.status),
    name,
  ]);
}

export async function listJobs(terminal: Terminal, client: SluiceClient, isJson: boolean): Promise<void> {
  const { signal } = terminal;
  const nodes = client.pages(Jobs, {}, ({ jobs }) => jobs, { signal });
  const headings = ['ID', 'TYPE', 'STATE', 'LATEST RUN', 'NEXT START', 'NAME'];
  await write(terminal, nodes, isJson, headings, ({ id, name, transferType, state, nextStartAt, latestRun }) => [
    id,
    word(transferType),
    word(state),
    latestRun && `${latestRun.id} ${word(latestRun.state)}`,
    nextStartAt,
    name,
  ]);
}

export type Outcome = EnumOf<'ItemOutcome'>;

/** Items of a run, or of the latest run of a job. */
export async function listItems(
  terminal: Terminal,
  client: SluiceClient,
  given: string,
  { isJson, outcomes }: { isJson: boolean; outcomes: Outcome[] | null },
): Promise<void> {
  const runId = await findRun(client, given);
  const nodes = client.pages(Items, { runId, outcomes }, ({ run }) => run?.items, { signal: terminal.signal });
  await write(terminal, nodes, isJson, ['OUTCOME', 'SIZE', 'PATH', 'REASON'], (item) => [
    word(item.outcome),
    item.byteSize === null ? null : bytes(item.byteSize),
    item.sourcePath ?? item.destinationPath,
    item.message,
  ]);
}
