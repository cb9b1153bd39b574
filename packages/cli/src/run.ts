import { graphql, hasEnded, type SluiceClient } from '@sluice/client';
import { exitCodeOfRun, type ExitCode } from './exit-codes.js';
import { findJob, findRun } from './find.js';
import { Progress } from './progress.js';
import { line, word, type Terminal } from './terminal.js';

const RunStart = graphql(`
  mutation RunStart($jobId: ID!, $input: RunStartInput, $key: String) {
    runStart(jobId: $jobId, input: $input, idempotencyKey: $key) {
      run {
        id
        number
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

const Outcomes = graphql(`
  query Outcomes($id: ID!) {
    run(id: $id) {
      state
      statistics {
        outcomes {
          outcome
          itemCount
        }
      }
    }
  }
`);

export interface RunFlags {
  onlyPaths?: string[];
  isDetached: boolean;
  isJson: boolean;
}

/** Starts a run and, unless it is to be left alone, shows it to its end. */
export async function startRun(
  terminal: Terminal,
  client: SluiceClient,
  given: string,
  flags: RunFlags,
): Promise<ExitCode> {
  const job = await findJob(client, given);
  const input = flags.onlyPaths?.length ? { onlyPaths: flags.onlyPaths } : null;
  const { run } = await client.mutate(RunStart, { jobId: job.id, input }, { signal: terminal.signal });
  line(terminal.err, `Run ${run.number} of “${job.name}” has started: ${run.id}`);
  if (!flags.isDetached) return showRun(terminal, client, run.id, flags.isJson);
  line(terminal.out, flags.isJson ? JSON.stringify(run) : run.id);
  return 0;
}

/** Shows a run that is under way, or the latest of a job. */
export async function followRun(
  terminal: Terminal,
  client: SluiceClient,
  given: string,
  isJson: boolean,
): Promise<ExitCode> {
  return showRun(terminal, client, await findRun(client, given), isJson);
}

async function showRun(terminal: Terminal, client: SluiceClient, id: string, isJson: boolean): Promise<ExitCode> {
  const { signal, out, err } = terminal;
  const progress = new Progress(terminal);
  const onBreak = () => progress.say('The connection broke; trying again. The run goes on.');
  try {
    for await (const event of client.follow(id, { signal, onBreak })) {
      if (isJson) line(out, JSON.stringify(event));
      progress.take(event);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    progress.clear();
    line(err, `Left. The run goes on: “sluice follow ${id}” shows it, “sluice cancel ${id}” ends it.`);
    return 130;
  } finally {
    progress.clear();
  }
  return sumUp(terminal, client, id, isJson);
}

async function sumUp({ out, err }: Terminal, client: SluiceClient, id: string, isJson: boolean): Promise<ExitCode> {
  const { run } = await client.request(Outcomes, { id });
  if (run === null || !hasEnded(run.state)) return 1;
  const counts = run.statistics.outcomes.filter(({ itemCount }) => itemCount > 0);
  const told = counts.map(({ outcome, itemCount }) => `${itemCount} ${word(outcome)}`).join(', ') || 'no items';
  line(isJson ? err : out, `${word(run.state)}: ${told}`);
  if (run.state === 'SUCCEEDED_WITH_ISSUES')
    line(err, `“sluice items ${id} --outcome FLAGGED” lists what needs a person.`);
  return exitCodeOfRun(run.state);
}
