import { expect, it } from 'vitest';
import { newJobValues, type PolicyDefaults } from '../job-input.js';
import { keepDraft, readDraft } from './draft.js';

function storeOf(content: Record<string, string> = {}) {
  const items = new Map(Object.entries(content));
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

const start = newJobValues({ COPY: { retries: 3 } } as unknown as PolicyDefaults);
const draft = { version: 4, start, values: { ...start, name: 'Plans', mappingSetIds: ['m1'] } };

it('keeps what was entered until it is forgotten', () => {
  const store = storeOf();
  keepDraft('new', draft, store);
  expect(readDraft('new', start, store)).toEqual(draft);
  expect(readDraft('other', start, store)).toBe(null);
  keepDraft('new', null, store);
  expect(store.items.size).toBe(0);
});

it.each([
  ['no JSON', '{'],
  ['no draft', '7'],
  ['a field that is missing', JSON.stringify({ ...draft, values: { ...draft.values, schedule: undefined } })],
  ['a policy that is missing', JSON.stringify({ ...draft, values: { ...draft.values, policies: {} } })],
  ['a list that is none', JSON.stringify({ ...draft, values: { ...draft.values, bandwidth: {} } })],
])('takes nothing from a draft with %s', (_, text) => {
  expect(readDraft('new', start, storeOf({ 'sluice-draft-new': text }))).toBe(null);
});

it('bears a browser that stores nothing', () => {
  const refusing = () => {
    throw new Error('no room');
  };
  const store = { getItem: refusing, setItem: refusing, removeItem: refusing };
  expect(() => keepDraft('new', draft, store)).not.toThrow();
  expect(readDraft('new', start, store)).toBe(null);
});
