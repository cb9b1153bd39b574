/*
 * Follows a run until it ends, and goes on where it stopped when the connection breaks.
 *
 *   URL=http://localhost:4000 TOKEN=… node examples/dist/follow-run.js RUN_ID
 */
import { SluiceClient, type RunEvent } from '@sluice/client';

const { URL: url = 'http://localhost:4000', TOKEN: token } = process.env;
const runId = process.argv[2];
if (!token || !runId) throw new Error('Set TOKEN to an API token, and give the id of a run.');

let stage: string | null = null;

function show({ kind, state, message, run, statistics }: RunEvent): void {
  stage = state ?? run?.state ?? stage;
  const figures = statistics && `${statistics.itemsDone} of ${statistics.itemsPlanned ?? '?'} items`;
  console.log([kind, stage, figures ?? message].filter(Boolean).join(' '));
}

const client = new SluiceClient({ url, token });
const onBreak = () => console.error('The connection broke; trying again.');
for await (const event of client.follow(runId, { onBreak })) show(event);
await client.close();
