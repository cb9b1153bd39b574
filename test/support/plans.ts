import type { GraphqlClient } from './graphql.js';
import { until } from './until.js';
import { follow, readRun, type RunView } from './work.js';

export interface PlanStepView {
  action: string;
  kind: 'FILE' | 'FOLDER';
  side: string;
  sourcePath: string | null;
  destinationPath: string | null;
  reason: string;
  message: string;
  isDestructive: boolean;
}

export interface PlanView {
  id: string;
  taskState: string;
  failure: { message: string } | null;
  approvalState: string;
  digest: string | null;
  summary: { totals: { action: string; itemCount: number }[] } | null;
  steps: { nodes: PlanStepView[] };
}

const ERRORS = 'userErrors { code message field }';
const PLAN = `query ($id: ID!) { plan(id: $id) { id taskState failure { message } approvalState digest
  summary { totals { action itemCount } }
  steps(first: 200) { nodes { action kind side sourcePath destinationPath reason message isDestructive } } } }`;

/** A new plan of a job, once it is complete. */
export async function planOf(client: GraphqlClient, jobId: string): Promise<PlanView> {
  const document = `mutation ($jobId: ID!) { planCreate(jobId: $jobId) { plan { id } ${ERRORS} } }`;
  const { plan } = await client.mutate<{ plan: { id: string }; userErrors: [] }>(document, { jobId });
  return completePlan(client, plan);
}

/** A plan that undoes a run, likewise. */
export async function undoOf(client: GraphqlClient, runId: string): Promise<PlanView> {
  const document = `mutation ($runId: ID!) { planUndo(runId: $runId) { plan { id } ${ERRORS} } }`;
  const { plan } = await client.mutate<{ plan: { id: string }; userErrors: [] }>(document, { runId });
  return completePlan(client, plan);
}

async function completePlan(client: GraphqlClient, plan: { id: string }): Promise<PlanView> {
  const now = await until(
    async () => (await client.request<{ plan: PlanView }>(PLAN, { id: plan.id })).plan,
    ({ taskState }) => taskState === 'SUCCEEDED' || taskState === 'FAILED',
  );
  if (now.taskState === 'FAILED') throw new Error(`The plan failed: ${now.failure?.message}`);
  return now;
}

/** Carries out a plan to the end of its run, approved first where it has to be. */
export async function carryOutPlan(
  client: GraphqlClient,
  jobId: string,
  { id, approvalState, digest }: PlanView,
): Promise<RunView & { id: string }> {
  if (approvalState === 'PENDING') {
    const approve = `mutation ($id: ID!, $digest: String!) { planApprove(id: $id, digest: $digest) { plan { id } ${ERRORS} } }`;
    await client.mutate(approve, { id, digest });
  }
  const start = `mutation ($jobId: ID!, $id: ID!) { runStart(jobId: $jobId, input: { planId: $id }) { run { id } ${ERRORS} } }`;
  const { run } = await client.mutate<{ run: { id: string }; userErrors: [] }>(start, { jobId, id });
  for await (const event of follow(client, run.id)) void event;
  return { ...(await readRun(client, run.id)), id: run.id };
}
