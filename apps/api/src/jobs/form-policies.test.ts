import { describe, expect, it } from 'vitest';
import {
  defaultPolicies,
  POLICY_VALUES,
  TRANSFER_TYPES,
  type ChosenPolicy,
  type Policies,
  type TransferType,
} from '@sluice/core/plan';
import { Problems } from '../problems.js';
import { checkPolicies } from './policies.js';

interface FormField {
  name: string;
  options?: Readonly<Record<string, unknown>>;
}

interface FormPolicies {
  POLICY_FIELDS: readonly FormField[];
  offeredValues(field: FormField, type: string): string[];
}

interface FormTypes {
  OFFERED_TYPES: readonly TransferType[];
}

interface FormUse {
  isUsed: (type: string, policy: string) => boolean;
}

const module = (name: string) => import(new URL(`../../../admin/src/${name}.ts`, import.meta.url).href);
const form = (await module('features/jobs/policies/policies')) as FormPolicies;
const { OFFERED_TYPES } = (await module('domain/job/transfer-types')) as FormTypes;
const { isUsed } = (await module('features/jobs/policies/used-policies')) as FormUse;
const fields = form.POLICY_FIELDS;
const choices = fields.filter(({ options }) => options !== undefined);

function isAccepted(type: TransferType, name: string, value: unknown, others: Partial<Policies> = {}): boolean {
  const problems = new Problems();
  checkPolicies(type, { ...defaultPolicies(type), ...others, [name]: value }, problems, ['policies']);
  return problems.isEmpty;
}

/** With whatever the type may do about deletions. */
const isEverAccepted = (type: TransferType, name: string, value: unknown): boolean =>
  POLICY_VALUES.deletions.some((deletions) => isAccepted(type, name, value, { deletions }));

it('the job form of the web app offers exactly the types of transfer that the API carries out', () => {
  expect([...OFFERED_TYPES].sort()).toEqual([...TRANSFER_TYPES].sort());
});

it('finds the choices of the job form', () => expect(choices.length).toBeGreaterThan(8));

describe.each(OFFERED_TYPES)('the job form of the web app, for %s', (type) => {
  it.each(choices.map((field) => [field.name, field] as const))(
    'offers for %s exactly the values that the API carries out, and nothing where there is no choice',
    (name, field) => {
      const accepted = POLICY_VALUES[name as ChosenPolicy].filter((value) => isAccepted(type, name, value));
      const offered = isUsed(type, name) ? form.offeredValues(field, type) : [];
      expect(offered.sort()).toEqual(accepted.length === 1 ? [] : [...accepted].sort());
    },
  );

  it('shows each other policy that the type uses, whatever it does about deletions', () => {
    const others = fields.filter((field) => !choices.includes(field) && field.name !== 'retries');
    for (const { name } of others) {
      const own = defaultPolicies(type)[name as keyof ReturnType<typeof defaultPolicies>];
      const other = typeof own === 'boolean' ? !own : name === 'budgetShare' ? 0.5 : Number(own) + 1;
      expect(isUsed(type, name), name).toBe(isEverAccepted(type, name, other));
    }
  });
});
