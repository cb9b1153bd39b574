import { beforeAll, expect, expectTypeOf, it } from 'vitest';
import {
  offeredValues,
  POLICY_FIELDS,
  policyHelp,
  policyLabel,
  policyWord,
  type ListedPolicy,
  type PolicyName,
} from './policies.js';
import { t } from './words.js';

beforeAll(() => t.load());

it('has words for every policy that the server is asked for', () => {
  expectTypeOf<ListedPolicy>().toEqualTypeOf<PolicyName>();
  const names = POLICY_FIELDS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => policyHelp(name, 'COPY') === '' || policyLabel(name, 'COPY') === '')).toEqual([]);
  const choices = POLICY_FIELDS.flatMap(({ name, options = {} }) =>
    Object.keys(options).map((value) => [name, value] as const),
  );
  expect(choices.length).toBeGreaterThan(20);
  expect(choices.filter(([name, value]) => policyWord(name, value) === value)).toEqual([]);
});

it('words a value, and shows one that it does not know as it is', () => {
  expect(policyWord('conflict', 'KEEP_BOTH')).toBe('Keep both');
  expect(policyWord('conflict', 'toString')).toBe('toString');
  expect(policyWord('readBack', true)).toBe('Yes');
  expect(policyWord('stopAfterRuns', null)).toBe('Never');
  expect(policyWord('stopAfterRuns', 5)).toBe('5');
  expect(policyWord('onBudgetExhausted', null)).toBe('Carry over if started by schedule, else wait');
  expect(policyWord('onBudgetExhausted', 'WAIT')).toBe('Wait for the next hour');
});

it('offers the values of the type of transfer only, and has words for all where they are shown', () => {
  const field = POLICY_FIELDS.find(({ name }) => name === 'deletions');
  expect(offeredValues(field ?? {}, 'COPY')).toEqual(['IGNORE', 'MIRROR']);
  expect(policyWord('deletions', 'IGNORE_BOTH')).toBe('Leave it on the other side');
});
