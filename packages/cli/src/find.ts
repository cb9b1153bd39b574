import { graphql, type SluiceClient } from '@sluice/client';
import { Failure } from './exit-codes.js';
import { shown } from './terminal.js';

const FindJob = graphql(`
  query FindJob($id: ID!, $name: String!) {
    job(id: $id) {
      id
      name
      latestRun {
        id
      }
    }
    jobs(filter: { nameContains: $name }, first: 100) {
      nodes {
        id
        name
        latestRun {
          id
        }
      }
    }
  }
`);

const FindRun = graphql(`
  query FindRun($id: ID!) {
    run(id: $id) {
      id
    }
  }
`);

const FindMappingSets = graphql(`
  query FindMappingSets {
    mappingSets {
      id
      name
    }
  }
`);

const FindConnection = graphql(`
  query FindConnection($id: ID!, $name: String!) {
    connection(id: $id) {
      id
    }
    connections(filter: { nameContains: $name }, first: 100) {
      nodes {
        id
        name
      }
    }
  }
`);

export interface FoundJob {
  id: string;
  name: string;
  latestRun: { id: string } | null;
}

/** The job of this identifier or exact name. */
export async function findJob(client: SluiceClient, given: string): Promise<FoundJob> {
  const { job, jobs } = await client.request(FindJob, { id: given, name: given.slice(0, 200) });
  const named = jobs?.nodes.find(({ name }) => name === given);
  const found = job ?? named;
  if (found) return found;
  const near = (jobs?.nodes ?? []).slice(0, 5).map(({ name }) => `“${shown(name)}”`);
  const hint = near.length > 0 ? `Do you mean ${near.join(' or ')}?` : '“sluice jobs” lists them.';
  throw new Failure(2, `There is no job “${shown(given)}”. ${hint}`);
}

/** The run of this identifier, or the latest of the job of this identifier or name. */
export async function findRun(client: SluiceClient, given: string): Promise<string> {
  const { run } = await client.request(FindRun, { id: given });
  if (run) return run.id;
  const { latestRun, name } = await findJob(client, given);
  if (latestRun) return latestRun.id;
  throw new Failure(2, `The job “${shown(name)}” has not run yet. “sluice run” starts it.`);
}

/** The mapping set of this identifier or exact name. */
export async function findMappingSet(client: SluiceClient, given: string): Promise<string> {
  const { mappingSets } = await client.request(FindMappingSets, {});
  const sets = mappingSets ?? [];
  const found = sets.find(({ id }) => id === given) ?? sets.find(({ name }) => name === given);
  if (found) return found.id;
  const names = sets.slice(0, 5).map(({ name }) => `“${shown(name)}”`);
  const hint = names.length > 0 ? `There are ${names.join(', ')}.` : 'There are none yet.';
  throw new Failure(2, `There is no mapping set “${shown(given)}”. ${hint}`);
}

/** The connection of this identifier or exact name. */
export async function findConnection(client: SluiceClient, given: string): Promise<string> {
  const { connection, connections } = await client.request(FindConnection, { id: given, name: given.slice(0, 200) });
  const found = connection ?? connections?.nodes.find(({ name }) => name === given);
  if (found) return found.id;
  const near = (connections?.nodes ?? []).slice(0, 5).map(({ name }) => `“${shown(name)}”`);
  const hint = near.length > 0 ? `Do you mean ${near.join(' or ')}?` : '“sluice connections” lists them.';
  throw new Failure(2, `There is no connection “${shown(given)}”. ${hint}`);
}
