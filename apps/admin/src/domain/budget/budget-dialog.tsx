import { Button, Modal, NumberInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { graphql } from '@sluice/client/graphql';
import { ProblemFields, sortProblems } from '../../graphql/problems.js';
import { Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { BudgetFields, type BudgetData } from './budget-data.js';
import { t } from '../words.js';

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

/** Changes the limits of a budget; an empty limit is the one that the platform reports. */
export function BudgetDialog({ budget, onClose }: { budget: BudgetData; onClose: () => void }): JSX.Element {
  const configured = (window: BudgetData['hourly']) => (window.source === 'CONFIGURED' ? (window.limit ?? '') : '');
  const [reserve, setReserve] = useState<string | number>(Math.round(budget.reserveShare * 1000) / 10);
  const [hourly, setHourly] = useState<string | number>(configured(budget.hourly));
  const [spike, setSpike] = useState<string | number>(configured(budget.spike));
  const [problems, setProblems] = useState(() => sortProblems([], () => false));
  const [update, isBusy] = useAction(BudgetUpdate);
  const save = async () => {
    const input = {
      reserveShare: Number(reserve) / 100,
      hourlyLimit: numberOrNull(hourly),
      spikeLimit: numberOrNull(spike),
    };
    const payload = (await update({ id: budget.id, input }))?.budgetUpdate;
    if (!payload) return;
    if (payload.userErrors.length === 0) return onClose();
    setProblems(sortProblems(payload.userErrors, (path) => FIELDS.includes(path)));
  };
  return (
    <Modal opened onClose={onClose} title={t('limits')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className={styles.stack}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <NumberInput
          label={t('keptForPeopleLabel')}
          description={t('keptForPeopleHelp')}
          error={problems.byField.reserveShare}
          value={reserve}
          onChange={setReserve}
        />
        <NumberInput
          label={t('callsPerHour')}
          description={t('emptyToFollow')}
          error={problems.byField.hourlyLimit}
          value={hourly}
          onChange={setHourly}
        />
        <NumberInput
          label={t('callsPerSpike')}
          description={t('emptyToFollow')}
          error={problems.byField.spikeLimit}
          value={spike}
          onChange={setSpike}
        />
        <Problems messages={problems.general} />
        <div className={styles.formFoot}>
          <Button type="submit" loading={isBusy}>
            {t('saveLimits')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
