/*
 * The room of budgets: what each client may still call, who shares it, and which runs need it now.
 */
import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { BudgetView } from '../../domain/budget/budget-view.js';
import { Failure } from '../../domain/failure.js';
import { useCan } from '../../domain/session.js';
import { formatMoment } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { NameLink, TextLink } from '../../ui/links.js';
import { MomentIn } from '../../ui/moment.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import own from './budgets.module.css';
import { useBudgets, type ActiveRun, type Budget } from './data.js';
import { usersOf, type Need } from './users-of.js';
import { t } from './words.js';

const BudgetHistory = lazily(async () => (await import('../../domain/budget/budget-history.js')).BudgetHistory);
const BudgetDialog = lazily(async () => (await import('../../domain/budget/budget-dialog.js')).BudgetDialog);

export function BudgetsPage(): JSX.Element {
  const { budgets, runs, error, refetch } = useBudgets();
  return (
    <Page title={t('title')} lead={t('lead')}>
      {budgets === null && (
        <Panel title={t('title')} isFlush>
          {error ? <Failure error={error} onRetry={refetch} /> : <Loading label={t('loading')} />}
        </Panel>
      )}
      {budgets?.length === 0 && (
        <Panel title={t('title')} isFlush>
          <Blank title={t('none')}>{t('noneText')}</Blank>
        </Panel>
      )}
      {budgets?.map((budget) => (
        <BudgetPanel key={budget.id} budget={budget} runs={runs} />
      ))}
    </Page>
  );
}

function BudgetPanel({ budget, runs }: { budget: Budget; runs: readonly ActiveRun[] }): JSX.Element {
  const [isChanging, setChanging] = useState(false);
  const mayChange = useCan('CONNECTIONS_WRITE');
  const change = (
    <Button
      size="xs"
      variant="default"
      onClick={() => setChanging(true)}
      aria-label={t('changeOf', { client: budget.clientLabel, host: budget.apiHost })}
    >
      {t('change')}
    </Button>
  );
  return (
    <Panel title={`${budget.clientLabel} · ${budget.apiHost}`} aside={mayChange && change}>
      <div className={styles.stack}>
        <BudgetView budget={budget} />
        <BudgetHistory budget={budget} />
        <div className={styles.columns}>
          <Connections connections={budget.connections} />
          <Users users={usersOf(budget.id, runs)} all={budget.forecast} />
        </div>
      </div>
      {isChanging && <BudgetDialog budget={budget} onClose={() => setChanging(false)} />}
    </Panel>
  );
}

function Connections({ connections }: { connections: Budget['connections'] }): JSX.Element {
  return (
    <div>
      <h3 className={styles.subhead}>{t('usedBy')}</h3>
      {connections.length === 0 && <p className={own.none}>{t('noConnection')}</p>}
      <ul className={own.names}>
        {connections.map(({ id, name }) => (
          <li key={id}>
            <TextLink to="/connections/$connectionId" params={{ connectionId: id }}>
              {name}
            </TextLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Users({ users, all }: { users: readonly { run: ActiveRun; need: Need }[]; all: Need }): JSX.Element {
  return (
    <div>
      <h3 className={styles.subhead}>{t('now')}</h3>
      {users.length === 0 && <p className={own.none}>{t('nobody')}</p>}
      <ul className={own.names}>
        {users.map(({ run, need }) => (
          <li key={run.id}>
            <NameLink to="/runs/$runId" params={{ runId: run.id }}>
              {`${run.job.name} #${run.number}`}
            </NameLink>
            <NeedWords need={need} />
          </li>
        ))}
        {users.length > 1 && (
          <li>
            {t('all')}
            <NeedWords need={all} />
          </li>
        )}
      </ul>
    </div>
  );
}

function NeedWords({ need: { callsNeeded, finishAt } }: { need: Need }): JSX.Element {
  return (
    <span className={styles.sub}>
      {callsNeeded === null ? t('needsUnknown') : t('needs', { count: callsNeeded })}
      {finishAt !== null && (
        <>
          , <MomentIn instant={finishAt} text={t('until', { moment: formatMoment(finishAt) })} />
        </>
      )}
    </span>
  );
}
