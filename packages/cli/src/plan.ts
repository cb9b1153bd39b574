import { graphql, type SluiceClient } from '@sluice/client';
import { Failure } from './exit-codes.js';
import { findJob } from './find.js';
import { untilMade } from './task.js';
import { bytes, line, table, word, type Terminal } from './terminal.js';

const PlanCreate = graphql(`
  mutation PlanCreate($jobId: ID!, $key: String) {
    planCreate(jobId: $jobId, idempotencyKey: $key) {
      plan {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

const PlanState = graphql(`
  query PlanState($id: ID!) {
    plan(id: $id) {
      taskState
      failure {
        message
      }
      summary {
        itemCount
        byteCount
        totals {
          action
          itemCount
          byteCount
        }
        warnings {
          severity
          message
        }
      }
    }
  }
`);

const PlanSteps = graphql(`
  query PlanSteps($id: ID!, $after: String) {
    plan(id: $id) {
      steps(first: 200, after: $after) {
        nodes {
          action
          kind
          reason
          message
          sourcePath
          destinationPath
          byteCount
          isDestructive
          side
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** Steps that the table shows; `--json` has all of them. */
const SHOWN_STEP_COUNT = 50;

/** Works out what a run of the job would do, changes nothing, and shows it. */
export async function showPlan(
  terminal: Terminal,
  client: SluiceClient,
  given: string,
  isJson: boolean,
): Promise<void> {
  const job = await findJob(client, given);
  const { signal } = terminal;
  const { plan } = await client.mutate(PlanCreate, { jobId: job.id }, { signal });
  line(terminal.err, `Planning; nothing is changed (plan ${plan.id}).`);
  const summary = await summaryOf(client, plan.id, signal);
  const steps = client.pages(PlanSteps, { id: plan.id }, (data) => data.plan?.steps, { signal });
  if (isJson) {
    for await (const step of steps) line(terminal.out, JSON.stringify(step));
    return;
  }
  const rows: string[][] = [];
  for await (const step of steps) {
    rows.push([word(step.action), bytes(step.byteCount), step.sourcePath ?? step.destinationPath ?? '', step.message]);
    if (rows.length === SHOWN_STEP_COUNT) break;
  }
  if (rows.length > 0) line(terminal.out, `${table(['STEP', 'SIZE', 'PATH', 'REASON'], rows)}\n`);
  const totals = summary.totals.filter(({ itemCount }) => itemCount > 0);
  const sums = totals.map((each) => [word(each.action), String(each.itemCount), bytes(each.byteCount)]);
  line(terminal.out, sums.length > 0 ? table(['STEP', 'ITEMS', 'SIZE'], sums) : 'There is nothing to do.');
  for (const { severity, message } of summary.warnings) line(terminal.err, `${word(severity)}: ${message}`);
}

/** Waits until the plan is made. */
function summaryOf(client: SluiceClient, id: string, signal: AbortSignal) {
  return untilMade(async () => {
    const { plan } = await client.request(PlanState, { id }, { signal });
    if (plan === null) throw new Failure(1, 'The plan is gone: its job was deleted or a newer plan took its place.');
    if (plan.taskState === 'FAILED')
      throw new Failure(11, `The plan failed: ${plan.failure?.message ?? 'no reason given'}`);
    return plan.taskState === 'SUCCEEDED' ? plan.summary : null;
  }, signal);
}
