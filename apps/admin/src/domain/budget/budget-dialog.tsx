import { NumberInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { useBasis } from '../../graphql/basis.js';
import { ProblemFields } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import type { ToldField } from '../../ui/merge.js';
import { t } from '../words.js';
import { BudgetFields, readBudget, type BudgetData } from './budget-data.js';
import '@mantine/core/styles/NumberInput.layer.css';

const BudgetUpdate = graphql(
  `
    mutation BudgetUpdate($id: ID!, $input: BudgetUpdateInput!, $expectedVersion: Int) {
      budgetUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) {
        budget {
          ...BudgetFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [BudgetFields, ProblemFields],
);

const FIELDS = ['reserveShare', 'hourlyLimit', 'spikeLimit'];
const numberOrNull = (value: string | number) => (value === '' ? null : Number(value));

interface Values extends Record<string, unknown> {
  /** Per cent. */
  reserveShare: string | number;
  hourlyLimit: string | number;
  spikeLimit: string | number;
}

const configured = (window: BudgetData['hourly']) => (window.source === 'CONFIGURED' ? (window.limit ?? '') : '');

const valuesOf = ({ reserveShare, hourly, spike }: BudgetData): Values => ({
  reserveShare: Math.round(reserveShare * 1000) / 10,
  hourlyLimit: configured(hourly),
  spikeLimit: configured(spike),
});

const told = (): ToldField<Values>[] => [
  { label: t('keptForPeopleLabel'), text: ({ reserveShare }) => String(reserveShare) },
  { label: t('callsPerHour'), text: ({ hourlyLimit }) => String(hourlyLimit) },
  { label: t('callsPerSpike'), text: ({ spikeLimit }) => String(spikeLimit) },
];

const FORM = { valuesOf, told, isField: (path: string) => FIELDS.includes(path) };

/** Changes the limits of a budget; an empty limit is the one that the platform reports. */
export function BudgetDialog({ budget, onClose }: { budget: BudgetData; onClose: () => void }): JSX.Element {
  const [update] = useAction(BudgetUpdate);
  const basis = useBasis(budget, ({ id }) => readBudget(id));
  const form = useForm<Values>({ initialValues: valuesOf(budget) });
  const submit = async ({ reserveShare, hourlyLimit, spikeLimit }: Values) => {
    const input = {
      reserveShare: Number(reserveShare) / 100,
      hourlyLimit: numberOrNull(hourlyLimit),
      spikeLimit: numberOrNull(spikeLimit),
    };
    const variables = { id: budget.id, input, expectedVersion: basis.now()?.version };
    const payload = (await update(variables))?.budgetUpdate;
    if (!payload?.budget) return basis.refusal(payload?.userErrors, FORM);
    onClose();
    return null;
  };
  return (
    <FormDialog title={t('limits')} form={form} submitLabel={t('saveLimits')} onSubmit={submit} onClose={onClose}>
      <NumberInput
        label={t('keptForPeopleLabel')}
        description={t('keptForPeopleHelp')}
        {...form.getInputProps('reserveShare')}
      />
      <NumberInput label={t('callsPerHour')} description={t('emptyToFollow')} {...form.getInputProps('hourlyLimit')} />
      <NumberInput label={t('callsPerSpike')} description={t('emptyToFollow')} {...form.getInputProps('spikeLimit')} />
    </FormDialog>
  );
}
