import { useRef } from 'react';
import { newKey, useAction } from '../../../graphql/action.js';
import { client } from '../../../graphql/client.js';
import { isConflict, lastChangedBy, type Problem } from '../../../graphql/problems.js';
import { JobCreate, JobQuery, JobUpdate } from '../data.js';
import { createInput, savedJobValues, updateInput, type JobValues, type PolicyDefaults } from '../job-input.js';
import type { Beginning } from './use-draft.js';

/** What somebody else has saved since the form began. */
export interface Conflict {
  by: string | null;
  theirs: { version: number; start: JobValues };
}

/** What came of a try to save; null where the server gave no answer, which is told elsewhere. */
export type Saved = { jobId: string } | { problems: readonly Problem[] } | { conflict: Conflict } | null;

/** The same key for the same input, so that a try after a lost answer makes no second job. */
function useKey(): (input: unknown) => string {
  const last = useRef({ text: '', key: '' });
  return (input) => {
    const text = JSON.stringify(input);
    if (text !== last.current.text) last.current = { text, key: newKey() };
    return last.current.key;
  };
}

async function readTheirs(jobId: string): Promise<Conflict['theirs'] | null> {
  const { data } = await client.query({
    query: JobQuery,
    variables: { id: jobId, runs: 20 },
    fetchPolicy: 'network-only',
  });
  return data?.job ? { version: data.job.version, start: savedJobValues(data.job) } : null;
}

/** Makes the job, or changes the one that is there. */
export function useSave(jobId: string | null, defaults: PolicyDefaults) {
  const keyOf = useKey();
  const [create] = useAction(JobCreate);
  const [update] = useAction(JobUpdate);
  const make = async (values: JobValues): Promise<Saved> => {
    const input = createInput(values, defaults);
    const payload = (await create({ input, key: keyOf(input) }))?.jobCreate;
    return payload?.job ? { jobId: payload.job.id } : payload ? { problems: payload.userErrors } : null;
  };
  const change = async (id: string, values: JobValues, { version, start }: Beginning): Promise<Saved> => {
    const payload = (await update({ id, input: updateInput(values, start), version }))?.jobUpdate;
    if (!payload) return null;
    if (payload.job) return { jobId: id };
    const refused = payload.userErrors.find(isConflict);
    const theirs = refused && (await readTheirs(id).catch(() => null));
    return theirs ? { conflict: { by: lastChangedBy(refused), theirs } } : { problems: payload.userErrors };
  };
  return (values: JobValues, from: Beginning): Promise<Saved> =>
    jobId === null ? make(values) : change(jobId, values, from);
}
