import { describe, expect, expectTypeOf, it } from 'vitest';
import { defaultPolicies, POLICY_VALUES, type ChosenPolicy, type Policies } from '@sluice/core/plan';
import { Problems } from '../problems.js';
import { checkPolicies, effectivePolicies, mergePolicies } from './policies.js';
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

/** The fields at which an input is refused. */
function refusedFields(input: JobPoliciesInput): string[] {
  const told = refusedAt(effectivePolicies('COPY', mergePolicies({}, input)));
  return told.map((text) => text.slice(0, text.indexOf(':')));
}

describe('the other settings of a job', () => {
  it('are taken where they are carried out', () => {
    expect(refusedFields({ deletions: 'MIRROR', deletionGuard: { maxItems: 1, maxShare: 1 } })).toEqual([]);
    expect(refusedFields({ deletions: 'IGNORE', permissions: 'NONE', maxVersions: 1 })).toEqual([]);
    // WAIT is what runs do without this policy as well, so both values are accepted.
    expect(refusedFields({ onBudgetExhausted: 'WAIT' })).toEqual([]);
    expect(refusedFields({ onBudgetExhausted: null })).toEqual([]);
  });

  it.each<JobPoliciesInput>([
    { deletePermanently: true },
    { stopAfterRuns: 1 },
    { maxVersions: 2 },
    { budgetShare: 0.5 },
  ])('are refused rather than ignored: %o', (input) => {
    expect(refusedFields(input)).toEqual([`policies.${Object.keys(input)[0]}`]);
  });

  it('are refused outside their range', () => {
    const wrong: Partial<Policies> = { maxItemBytes: 0, maxParallelTransfers: 65, retries: 0 };
    expect(refusedFields(wrong).sort()).toEqual(Object.keys(wrong).map((name) => `policies.${name}`));
  });

  it('return to the default with null', () => {
    expect(effectivePolicies('COPY', mergePolicies({ retries: 5 }, { retries: null }))).toEqual(
      defaultPolicies('COPY'),
    );
  });
});
