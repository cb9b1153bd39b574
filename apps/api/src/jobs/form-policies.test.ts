import { expect, it } from 'vitest';
import { defaultPolicies, POLICY_VALUES, type ChosenPolicy } from '@sluice/core/plan';
import { Problems } from '../problems.js';
import { checkPolicies } from './policies.js';

interface FormField {
  name: string;
  options?: Readonly<Record<string, unknown>>;
}

interface FormPolicies {
  POLICY_GROUPS: readonly { fields: readonly FormField[] }[];
  offeredValues(field: FormField): { value: string }[];
}

const form = (await import(new URL('../../../admin/src/jobs/policies.ts', import.meta.url).href)) as FormPolicies;
const choices = form.POLICY_GROUPS.flatMap(({ fields }) => fields).filter(({ options }) => options !== undefined);

function isAccepted(name: string, value: string): boolean {
  const problems = new Problems();
  checkPolicies({ ...defaultPolicies('COPY'), [name]: value }, problems, ['policies']);
  return problems.isEmpty;
}

it('finds the choices of the job form', () => expect(choices.length).toBeGreaterThan(8));

it.each(choices.map((field) => [field.name, field] as const))(
  'the job form of the web app offers for %s exactly the values that the API carries out',
  (name, field) => {
    const accepted = POLICY_VALUES[name as ChosenPolicy].filter((value) => isAccepted(name, value));
    expect(
      form
        .offeredValues(field)
        .map(({ value }) => value)
        .sort(),
    ).toEqual([...accepted].sort());
  },
);
