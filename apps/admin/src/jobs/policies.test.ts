import { expect, expectTypeOf, it } from 'vitest';
import { POLICY_GROUPS, policyWord, type ListedPolicy, type PolicyName } from './policies.js';

it('has words for every policy that the server is asked for', () => {
  expectTypeOf<ListedPolicy>().toEqualTypeOf<PolicyName>();
  const names = POLICY_GROUPS.flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
});

it('words a value, and shows one that it does not know as it is', () => {
  expect(policyWord('conflict', 'KEEP_BOTH')).toBe('Keep both');
  expect(policyWord('conflict', 'toString')).toBe('toString');
  expect(policyWord('readBack', true)).toBe('Yes');
});
