import { NumberInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { ProblemFields, sortProblems } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import { t } from '../words.js';
import { BudgetFields, type BudgetData } from './budget-data.js';

const BudgetUpdate = graphql(
  `
    mutation BudgetUpdate($id: ID!, $input: BudgetUpdateInput!) {
      budgetUpdate(id: $id, input: $input) {
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

/** Changes the limits of a budget; an empty limit is the one that the platform reports. */
export function BudgetDialog({ budget, onClose }: { budget: BudgetData; onClose: () => void }): JSX.Element {
  const configured = (window: BudgetData['hourly']) => (window.source === 'CONFIGURED' ? (window.limit ?? '') : '');
  const [update] = useAction(BudgetUpdate);
  const form = useForm<Values>({
    initialValues: {
      reserveShare: Math.round(budget.reserveShare * 1000) / 10,
      hourlyLimit: configured(budget.hourly),
      spikeLimit: configured(budget.spike),
    },
  });
  const submit = async ({ reserveShare, hourlyLimit, spikeLimit }: Values) => {
    const input = {
      reserveShare: Number(reserveShare) / 100,
      hourlyLimit: numberOrNull(hourlyLimit),
      spikeLimit: numberOrNull(spikeLimit),
    };
    const problems = (await update({ id: budget.id, input }))?.budgetUpdate?.userErrors;
    if (problems?.length !== 0) return sortProblems(problems ?? [], (path) => FIELDS.includes(path));
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
