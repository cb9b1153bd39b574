import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { formatBytes, formatCount, formatMoment, formatShare } from '../../ui/format.js';
import { Gauge } from '../../ui/gauge.js';
import { TextLink } from '../../ui/links.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import { Facts, Page, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { IssueList } from '../../domain/job/issue-list.js';
import { PlanQuery, type PlanData } from './data.js';
import { PlanDecision } from './plan-decision.js';
import { PlanSteps } from './plan-steps.js';
import { ActionTag, ApprovalTag } from '../../domain/job/job-tags.js';
import { NotThere } from '../../ui/not-there.js';
import { Failure } from '../../domain/failure.js';
import { useRunStart } from '../../domain/run/use-run-start.js';
import { t } from './words.js';

const route = getRouteApi('/shell/plans/$planId');

export function PlanPage(): JSX.Element {
  const { planId } = route.useParams();
  const { data, error, refetch } = useQuery(PlanQuery, { variables: { id: planId }, pollInterval: 2000 });
  const plan = data?.plan;
  if (data && !plan && !error) return <NotThere title={t('noSuchPlan')} />;
  if (!plan) {
    return (
      <Page title={t('plan')} back={{ to: '/jobs', label: t('jobs') }}>
        <Panel title={t('plan')} isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingPlan')} />}
        </Panel>
      </Page>
    );
  }
  return (
    <Page
      title={
        plan.undoes
          ? t('undoOf', { number: plan.undoes.number, job: plan.job.name })
          : t('planFor', { job: plan.job.name })
      }
      beside={plan.taskState === 'SUCCEEDED' && <ApprovalTag state={plan.approvalState} />}
      lead={<MomentIn instant={plan.createdAt} text={t('made', { time: formatMoment(plan.createdAt) })} />}
      back={{ to: '/jobs/$jobId', jobId: plan.job.id, label: plan.job.name }}
      actions={<RunPlan plan={plan} />}
    >
      {plan.taskState === 'SUCCEEDED' ? <Content plan={plan} /> : <UnderWay plan={plan} />}
    </Page>
  );
}

function RunPlan({ plan }: { plan: PlanData }): JSX.Element | null {
  const [run, isStarting] = useRunStart();
  const isReady = plan.taskState === 'SUCCEEDED' && ['NOT_REQUIRED', 'APPROVED'].includes(plan.approvalState);
  if (plan.run || !isReady) return null;
  return (
    <Button
      loading={isStarting}
      disabled={!plan.job.allowedActions.includes('RUN')}
      onClick={() => void run(plan.job.id, plan.id)}
    >
      {t('runPlan')}
    </Button>
  );
}

function UnderWay({ plan }: { plan: PlanData }): JSX.Element {
  if (plan.taskState === 'FAILED') {
    return (
      <Panel title={t('planningFailed')} isFlush>
        <Failure error={plan.failure?.message ?? t('notMade')} />
      </Panel>
    );
  }
  const text = plan.progress === null ? t('listing') : t('planned', { share: formatShare(plan.progress) });
  return (
    <Panel title={t('planning')}>
      <div className={styles.stack} role="status">
        <Gauge
          label={t('progressOfPlan')}
          text={text}
          value={plan.progress}
          parts={[{ share: plan.progress ?? 0, tone: 'busy' }]}
        />
        <span>{t('goesOn', { text })}</span>
      </div>
    </Panel>
  );
}

function Content({ plan }: { plan: PlanData }): JSX.Element {
  const summary = plan.summary;
  return (
    <>
      <PlanDecision plan={plan} />
      <div className={styles.columns}>
        <Panel title={t('whatWould')} isFlush>
          <Totals plan={plan} />
        </Panel>
        <Panel title={t('cost')}>
          <div className={styles.stack}>
            {summary?.callEstimates.length === 0 && <span className={styles.dim}>{t('noCalls')}</span>}
            {summary?.callEstimates.map((one) => (
              <p key={one.budget.id} style={{ margin: 0 }}>
                {callsOf(one)}
              </p>
            ))}
            <Facts
              facts={[
                finishOf(plan),
                [t('itemsLookedAt'), formatCount(summary?.itemCount)],
                [t('toTransfer'), formatBytes(summary?.byteCount)],
                [t('validUntil'), <Moment key="valid" instant={plan.expiresAt} />],
                plan.digest
                  ? [
                      t('fingerprint'),
                      <span key="digest" className={styles.path}>
                        {plan.digest.slice(0, 16)}
                      </span>,
                    ]
                  : null,
                plan.undoes && [
                  t('undoes'),
                  <TextLink key="undoes" to="/runs/$runId" params={{ runId: plan.undoes.id }}>
                    {t('runNumber', { number: plan.undoes.number })}
                  </TextLink>,
                ],
                plan.run && [
                  t('carriedOutBy'),
                  <TextLink key="run" to="/runs/$runId" params={{ runId: plan.run.id }}>
                    {t('runNumber', { number: plan.run.number })}
                  </TextLink>,
                ],
              ]}
            />
          </div>
        </Panel>
      </div>
      {summary && summary.warnings.length > 0 && (
        <Panel title={t('warnings')} isFlush>
          <IssueList issues={summary.warnings} label={t('warningsLabel')} />
        </Panel>
      )}
      <PlanSteps planId={plan.id} />
    </>
  );
}

type Estimate = NonNullable<PlanData['summary']>['callEstimates'][number];

function callsOf({ budget: { apiHost: host }, callsNeeded, callsLeftThisHour }: Estimate): string {
  if (callsNeeded === null) return t('unknownCalls', { host });
  if (callsLeftThisHour === null) return t('calls', { host, count: callsNeeded });
  return t('callsLeft', { host, count: callsNeeded, left: formatCount(callsLeftThisHour) });
}

/** When the last of the budgets lets the plan be done. */
function finishOf(plan: PlanData): readonly [string, JSX.Element] | null {
  const times = plan.summary?.callEstimates.flatMap(({ finishAt }) => finishAt ?? []).toSorted() ?? [];
  return times.length === 0 ? null : [t('doneAt'), <Moment key="done" instant={times.at(-1)} />];
}

function Totals({ plan }: { plan: PlanData }): JSX.Element {
  const totals = plan.summary?.totals.filter((total) => total.itemCount > 0) ?? [];
  if (totals.length === 0) return <p style={{ margin: 0, padding: 18 }}>{t('bothEqual')}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('action')}</th>
          <th scope="col" className={styles.figure}>
            {t('items')}
          </th>
          <th scope="col" className={styles.figure}>
            {t('data')}
          </th>
        </tr>
      </thead>
      <tbody>
        {totals.map(({ action, itemCount, byteCount }) => (
          <tr key={action}>
            <td>
              <ActionTag action={action} />
            </td>
            <td className={styles.figure}>{formatCount(itemCount)}</td>
            <td className={styles.figure}>{formatBytes(byteCount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
