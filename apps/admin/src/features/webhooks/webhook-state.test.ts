import { expect, it } from 'vitest';
import type { Webhook } from './data.js';
import { stateOf } from './webhook-state.js';

const webhook: Webhook = {
  id: 'whk_1',
  version: 1,
  url: 'https://example.com/hook',
  topics: ['RUN'],
  isActive: true,
  pendingCount: 0,
  lastAttemptAt: null,
  lastStatus: null,
  nextAttemptAt: null,
  failure: null,
};
const failure = { message: 'The receiver answered with status 500.' };

it('tells a webhook that a person turned off from one that ended after failed attempts', () => {
  expect(stateOf({ ...webhook, isActive: false })).toBe('off');
  expect(stateOf({ ...webhook, isActive: false, failure })).toBe('ended');
});

it('says that it tries again only while another attempt is due', () => {
  expect(stateOf({ ...webhook, failure, nextAttemptAt: '2026-11-28T12:00:00Z' })).toBe('failing');
  expect(stateOf({ ...webhook, failure })).toBe('failed');
  expect(stateOf(webhook)).toBe('delivers');
});
