import { describe, expect, expectTypeOf, it } from 'vitest';
import { defaultPolicies, POLICY_VALUES, type ChosenPolicy, type Policies } from '@sluice/core/plan';
import { Problems } from '../problems.js';
import { checkPolicies } from './policies.js';
import type { DeletionGuardInput, JobPoliciesInput, JobPoliciesType } from './policies.types.js';

function refusedAt(policies: Partial<Policies>): string[] {
  const problems = new Problems();
  checkPolicies({ ...defaultPolicies('COPY'), ...policies }, problems, ['policies']);
  try {
    problems.refuseIfAny();
  } catch (error) {
    return (error as { problems: { field: string[]; message: string }[] }).problems.map(
      ({ field, message }) => `${field.join('.')}: ${message}`,
    );
  }
  return [];
}

const choices = (Object.keys(POLICY_VALUES) as ChosenPolicy[]).flatMap((name) =>
  POLICY_VALUES[name].map((value): [ChosenPolicy, string] => [name, value]),
);
const notCarriedOut: [ChosenPolicy, string][] = [
  ['deletions', 'MIRROR'],
  ['deletions', 'IGNORE_SOURCE'],
  ['deletions', 'IGNORE_DESTINATION'],
  ['deletions', 'IGNORE_BOTH'],
  ['lockedFiles', 'PROPAGATE'],
  ['permissions', 'PRIVACY_FLAG'],
  ['permissions', 'REPORT'],
  ['onBudgetExhausted', 'CARRY_OVER'],
];

describe('the policies of a job', () => {
  it.each(choices)('%s %s is carried out, or refused at its field with what to use instead', (name, value) => {
    const isRefused = notCarriedOut.some(([other, refused]) => other === name && refused === value);
    const usable = POLICY_VALUES[name].filter(
      (one) => !notCarriedOut.some(([other, refused]) => other === name && refused === one),
    );
    expect(refusedAt({ [name]: value })).toEqual(
      isRefused ? [`policies.${name}: ${value} is not carried out by this version; use ${usable.join(' or ')}.`] : [],
    );
  });

  it('the public type and the input know every policy of the engine', () => {
    expectTypeOf<keyof JobPoliciesInput>().toEqualTypeOf<keyof Policies>();
    expectTypeOf<Omit<{ [Name in keyof Policies]: JobPoliciesType[Name] }, 'deletionGuard'>>().toEqualTypeOf<
      Omit<Policies, 'deletionGuard'>
    >();
    expectTypeOf<keyof DeletionGuardInput>().toEqualTypeOf<keyof Policies['deletionGuard']>();
  });
});
