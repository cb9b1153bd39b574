import { beforeAll, expect, it } from 'vitest';
import { newJobValues, type JobValues, type PolicyDefaults } from '../job-input.js';
import { newLimit } from '../bandwidth-values.js';
import { t } from '../words.js';
import { stillWrong } from './mended.js';

beforeAll(() => t.load());

const values: JobValues = {
  ...newJobValues({ COPY: { retries: 0 } } as unknown as PolicyDefaults),
  name: 'Taken',
  source: { connectionId: 'c1', path: '/gone' },
  destination: { connectionId: 'c2', path: '/' },
  bandwidth: [newLimit()],
};
const cron = (text: string): JobValues => ({ ...values, schedule: { ...values.schedule, kind: 'CRON', cron: text } });

it.each<[string, JobValues, JobValues]>([
  ['name', values, { ...values, name: 'Free' }],
  ['source.at', values, { ...values, source: { connectionId: 'c1', path: '/there' } }],
  ['source', values, { ...values, source: { connectionId: 'c1', path: '/there' } }],
  ['policies.retries', values, { ...values, policies: { ...values.policies, retries: 3 } }],
  ['policies.bandwidth.0', values, { ...values, bandwidth: [{ ...newLimit(), upload: 5 }] }],
  ['schedule.starts.cron', cron('x'), cron('0 2 * * *')],
])('forgets what was wrong with %s once that is another one', (path, before, after) => {
  const problems = { [path]: 'Wrong.', transferType: 'Wrong too.' };
  expect(stillWrong(problems, before, after)).toEqual({ transferType: 'Wrong too.' });
});

it('keeps a problem while its field stays, or is still wrong by what the form sees', () => {
  const problems = { name: 'Taken already.', 'policies.retries': 'Too few.' };
  expect(stillWrong(problems, values, { ...values, description: 'x' })).toEqual(problems);
  expect(stillWrong(problems, values, { ...values, name: ' ' }).name).toBe('Give the job a name.');
});
