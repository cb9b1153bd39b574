import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { graphql } from '@sluice/client/graphql';
import { useState, type JSX } from 'react';
import { BudgetFields, useLiveBudgets, type BudgetData } from '../../domain/budget/budget-data.js';
import { BudgetView } from '../../domain/budget/budget-view.js';
import { Failure } from '../../domain/failure.js';
import { useCan } from '../../domain/session.js';
import { lazily } from '../../ui/lazily.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { ConnectionFrame } from './frame.js';
import { t } from './words.js';

const BudgetHistory = lazily(async () => (await import('../../domain/budget/budget-history.js')).BudgetHistory);
const BudgetDialog = lazily(async () => (await import('../../domain/budget/budget-dialog.js')).BudgetDialog);

const ConnectionBudget = graphql(
  `
    query ConnectionBudget($id: ID!) {
      connection(id: $id) {
        id
        budget {
          ...BudgetFields
        }
      }
    }
  `,
  [BudgetFields],
);

export function BudgetPage(): JSX.Element {
  return <ConnectionFrame>{({ id }) => <Budget connectionId={id} />}</ConnectionFrame>;
}

function Budget({ connectionId: id }: { connectionId: string }): JSX.Element {
  const { data, error, refetch } = useQuery(ConnectionBudget, { variables: { id } });
  const budget = data?.connection?.budget;
  if (budget) return <BudgetPanel connectionId={id} budget={budget} />;
  const state = () => {
    if (data) return <Blank title={t('noBudget')}>{t('noBudgetWhy')}</Blank>;
    return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingBudget')} />;
  };
  return (
    <Panel title={t('callBudget')} isFlush>
      {state()}
    </Panel>
  );
}

function BudgetPanel({ connectionId, budget }: { connectionId: string; budget: BudgetData }): JSX.Element {
  useLiveBudgets(connectionId);
  const canWrite = useCan('CONNECTIONS_WRITE');
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel
      title={t('callBudget')}
      aside={
        canWrite && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {t('changeLimits')}
          </Button>
        )
      }
    >
      <BudgetView budget={budget} />
      <p className={`${styles.dim ?? ''} ${styles.small ?? ''} ${styles.below ?? ''}`}>
        {t('sharedBy', { client: budget.clientLabel, host: budget.apiHost })}
      </p>
      <BudgetHistory budget={budget} />
      {isOpen && <BudgetDialog budget={budget} onClose={() => setOpen(false)} />}
    </Panel>
  );
}
