import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';

const FoundQuery = graphql(`
  query Found($text: String!) {
    jobs(first: 8, filter: { nameContains: $text }) {
      nodes {
        id
        name
        latestRun {
          id
          number
        }
      }
    }
    connections(first: 8, filter: { nameContains: $text }) {
      nodes {
        id
        name
      }
    }
  }
`);

export type Target =
  | { to: '/jobs/$jobId'; params: { jobId: string } }
  | { to: '/runs/$runId'; params: { runId: string } }
  | { to: '/connections/$connectionId'; params: { connectionId: string } };

export interface Found {
  kind: 'job' | 'run' | 'connection';
  name: string;
  target: Target;
}

/** Jobs whose name holds the text, the latest run of each, and connections; nothing is asked for an empty text. */
export function useFound(text: string): { found: Found[]; isFailed: boolean; isSearching: boolean } {
  const { data, error, loading } = useQuery(FoundQuery, {
    variables: { text },
    skip: text === '',
    fetchPolicy: 'network-only',
  });
  const jobs = (text === '' ? null : data?.jobs?.nodes) ?? [];
  const connections = (text === '' ? null : data?.connections?.nodes) ?? [];
  return {
    isFailed: error !== undefined,
    isSearching: loading,
    found: [
      ...jobs.map(({ id, name }): Found => ({
        kind: 'job',
        name,
        target: { to: '/jobs/$jobId', params: { jobId: id } },
      })),
      ...jobs.flatMap(({ name, latestRun: run }): Found[] =>
        run
          ? [{ kind: 'run', name: `${name} #${run.number}`, target: { to: '/runs/$runId', params: { runId: run.id } } }]
          : [],
      ),
      ...connections.map(({ id, name }): Found => ({
        kind: 'connection',
        name,
        target: { to: '/connections/$connectionId', params: { connectionId: id } },
      })),
    ],
  };
}
