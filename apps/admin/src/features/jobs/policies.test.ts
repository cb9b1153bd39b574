import { expect, expectTypeOf, it } from 'vitest';
import { offeredValues, POLICY_GROUPS, policyWord, type ListedPolicy, type PolicyName } from './policies.js';

it('has words for every policy that the server is asked for', () => {
  expectTypeOf<ListedPolicy>().toEqualTypeOf<PolicyName>();
  const names = POLICY_GROUPS.flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
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
  const field = POLICY_GROUPS.flatMap(({ fields }) => fields).find(({ name }) => name === 'deletions');
  expect(offeredValues(field ?? {}, 'COPY').map(({ value }) => value)).toEqual(['IGNORE', 'MIRROR']);
  expect(policyWord('deletions', 'IGNORE_BOTH')).toBe('Leave it on the other side');
});
