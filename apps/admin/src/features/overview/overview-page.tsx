/*
 * The room of the first page: what runs and waits, what needs a person, what starts next, budgets of calls with their forecast,
 * charts of the last 24 hours, and the first steps to a transfer.
 */
import type { JSX } from 'react';
import { BudgetGauge } from '../../domain/budget/budget-view.js';
import { Failure } from '../../domain/failure.js';
import { RunRows } from '../../domain/run/run-rows.js';
import { useNow } from '../../ui/clock.js';
import { formatMoment } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { NameLink, TextLink } from '../../ui/links.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { useOverview, type OverviewData } from './data.js';
import { FirstSteps } from './first-steps.js';
import { NeedsYou } from './needs-you.js';
import { t } from './words.js';

const ActivityCharts = lazily(async () => (await import('./activity-charts.js')).ActivityCharts);

export function OverviewPage(): JSX.Element {
  const { data, error, refetch } = useOverview();
  return (
    <Page title={t('title')}>
      {data ? (
        <Content data={data} />
      ) : (
        <Panel title={t('title')} isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loading')} rows={6} />}
        </Panel>
      )}
    </Page>
  );
}

function Content({ data }: { data: OverviewData }): JSX.Element {
  const connections = data.all?.totalCount ?? 0;
  const jobs = data.jobs?.totalCount ?? 0;
  const recent = data.recent?.nodes ?? [];
  const hasRun = recent.length > 0 || (data.active?.nodes.length ?? 0) > 0;
  return (
    <>
      {!hasRun && <FirstSteps connections={connections} jobs={jobs} />}
      {hasRun && <Active runs={data.active?.nodes ?? []} />}
      {connections > 0 && (
        <div className={styles.columns}>
          <NeedsYou data={data} />
          <div className={styles.stack}>
            {jobs > 0 && <NextStarts jobs={data.jobs?.nodes ?? []} />}
            <Budgets budgets={data.budgets ?? []} />
          </div>
        </div>
      )}
      {hasRun && <ActivityCharts isRunning={(data.active?.nodes.length ?? 0) > 0} />}
      {recent.length > 0 && (
        <Panel title={t('recentRuns')} isFlush aside={<TextLink to="/runs">{t('allRuns')}</TextLink>}>
          <RunRows runs={recent} />
        </Panel>
      )}
    </>
  );
}

function Active({ runs }: { runs: NonNullable<OverviewData['active']>['nodes'] }): JSX.Element {
  return (
    <Panel title={t('active')} isFlush>
      {runs.length === 0 ? <Blank title={t('noneActive')}>{t('noneActiveText')}</Blank> : <RunRows runs={runs} />}
    </Panel>
  );
}

function NextStarts({ jobs }: { jobs: NonNullable<OverviewData['jobs']>['nodes'] }): JSX.Element {
  const now = useNow(10_000);
  const due = jobs.flatMap(({ id, name, nextStartAt: at }) => (at === null ? [] : [{ id, name, at }]));
  return (
    <Panel title={t('nextStarts')} isFlush>
      {due.length === 0 && <Blank title={t('noStart')}>{t('noStartText')}</Blank>}
      <ul className={styles.list}>
        {due.map(({ id, name, at }) => (
          <li key={id}>
            <div className={`${styles.row ?? ''} ${styles.between ?? ''}`}>
              <NameLink to="/jobs/$jobId" params={{ jobId: id }}>
                {name}
              </NameLink>
              <Moment instant={at}>{Date.parse(at) <= now ? t('due') : undefined}</Moment>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type Budget = NonNullable<OverviewData['budgets']>[number];

function Budgets({ budgets }: { budgets: readonly Budget[] }): JSX.Element {
  return (
    <Panel title={t('budgets')} isFlush aside={<TextLink to="/budgets">{t('allBudgets')}</TextLink>}>
      {budgets.length === 0 ? (
        <Blank title={t('noBudget')}>{t('noBudgetWhy')}</Blank>
      ) : (
        <ul className={styles.list}>
          {budgets.map((budget) => (
            <li key={budget.id}>
              <div className={`${styles.row ?? ''} ${styles.between ?? ''}`}>
                <strong className={styles.strong}>{budget.apiHost}</strong>
                <span className={styles.dim}>{budget.clientLabel}</span>
              </div>
              <BudgetGauge budget={budget} />
              <Forecast {...budget.forecast} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What the runs in progress still need of a budget; nothing where they need none, or it is not known yet. */
function Forecast({ callsNeeded, finishAt }: Budget['forecast']): JSX.Element | null {
  if (!callsNeeded) return null;
  return (
    <span className={styles.sub}>
      {finishAt === null ? (
        t('needs', { count: callsNeeded })
      ) : (
        <MomentIn instant={finishAt} text={t('needsUntil', { count: callsNeeded, moment: formatMoment(finishAt) })} />
      )}
    </span>
  );
}
