import type { GraphqlClient } from './graphql.js';

/** A job that the demo has made. */
export interface DemoJob {
  id: string;
  name: string;
  source: { connection: { id: string } };
  destination: { connection: { id: string } } | null;
}

/** The jobs of the demo in the order in which it made them: to Procore, both sides, analysis. */
export async function demoJobs(client: GraphqlClient): Promise<DemoJob[]> {
  const fields = 'id name source { connection { id } } destination { connection { id } }';
  const { jobs } = await client.request<{ jobs: { nodes: DemoJob[] } }>(`{ jobs(first: 10) { nodes { ${fields} } } }`);
  return jobs.nodes;
}
