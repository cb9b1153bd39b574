import { beforeAll, expect, it } from 'vitest';
import { t as units } from '../../ui/words.js';
import type { Delivery } from './deliveries-data.js';
import { answerOf, canSendAgain, messageOf, tookOf } from './delivery-words.js';
import { t } from './words.js';

beforeAll(() => Promise.all([t.load(), units.load()]));

const event: Delivery['event'] = { id: 'evt_4', topic: 'RUN', change: 'UPDATED' };

it('says what a message told of, and that nobody knows it any more', () => {
  expect(messageOf({ kind: 'EVENT', event })).toBe('Run changed');
  expect(messageOf({ kind: 'REDELIVERY', event: null })).toBe('Event no longer kept');
  expect(messageOf({ kind: 'TEST', event: null })).toBe('Test');
});

it('offers to send again only what can be', () => {
  expect([canSendAgain({ event }), canSendAgain({ event: null })]).toEqual([true, false]);
});

it('tells by word and colour whether the receiver took it', () => {
  expect(answerOf(null)).toEqual({ tone: 'ok', word: 'accepted' });
  expect(answerOf({ message: '503' })).toEqual({ tone: 'bad', word: 'notAccepted' });
});

it('gives short times in milliseconds', () => {
  expect([tookOf('PT0.12S'), tookOf('PT10S')]).toEqual(['120 ms', '10\u00a0s']);
});
