import { expect, it } from 'vitest';
import { topicsThatWait } from './waiting-topics.js';

it('are those of webhooks whose attempts fail, and nobody else', () => {
  const failing = { isActive: true, nextAttemptAt: '2026-11-28T12:00:00Z', topics: ['RUN' as const] };
  const others = [
    { ...failing, nextAttemptAt: null, topics: ['PLAN' as const] },
    { ...failing, isActive: false, topics: ['REPORT' as const] },
  ];
  expect(topicsThatWait([...others, failing, { ...failing, topics: ['RUN', 'JOB'] }])).toEqual(['JOB', 'RUN']);
  expect(topicsThatWait(others)).toEqual([]);
});
