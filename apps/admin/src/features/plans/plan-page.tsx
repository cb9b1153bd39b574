import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useChanges } from '../../graphql/use-changes.js';
import { useAt } from '../../ui/clock.js';
import { formatBytes, formatCount, formatMoment, formatShare } from '../../ui/format.js';
import { Gauge } from '../../ui/gauge.js';
import { TextLink } from '../../ui/links.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import { Facts, Page, Panel } from '../../ui/page.js';
import { partsOf } from '../../language/parts.js';
import { Loading, Notice } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { PlanQuery, type PlanData } from './data.js';
import { PlanBar } from './plan-bar.js';
import { PlanSteps } from './plan-steps.js';
import { PlanWarnings } from './plan-warnings.js';
import { NotThere } from '../../ui/not-there.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const route = getRouteApi('/shell/plans/$planId');
/** Budgets change with every call. */
const FORECAST_MS = 5000;

export function PlanPage(): JSX.Element {
  const { planId } = route.useParams();
  const { data, error, refetch } = useQuery(PlanQuery, { variables: { id: planId } });
  const plan = data?.plan;
  useChanges(['PLAN', 'RUN', 'JOB'], () => refetch());
  useChanges(['BUDGET'], () => plan && plan.run === null && refetch(), FORECAST_MS);
  useAt(plan && plan.run === null ? plan.expiresAt : null, () => refetch());
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
      lead={<MomentIn instant={plan.createdAt} text={t('made', { time: formatMoment(plan.createdAt) })} />}
      back={{ to: '/jobs/$jobId', jobId: plan.job.id, label: plan.job.name }}
    >
      {plan.taskState === 'SUCCEEDED' ? <Content plan={plan} /> : <UnderWay plan={plan} />}
    </Page>
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
      <PlanBar plan={plan} />
      <Standing plan={plan} />
      <PlanSteps plan={plan}>
        <div className={styles.columns}>
          {summary && summary.warnings.length > 0 && <PlanWarnings issues={summary.warnings} />}
          <Cost plan={plan} />
        </div>
      </PlanSteps>
    </>
  );
}

/** What has become of the plan: whether it was carried out, replaced, rejected or has grown too old, and who decided. */
function Standing({ plan }: { plan: PlanData }): JSX.Element | null {
  const { run, approvalState, decidedBy, comment } = plan;
  const isWaiting = approvalState === 'PENDING';
  const gone = GONE.find((state) => state === approvalState);
  if (!run && !isWaiting && !gone && !decidedBy) return null;
  const name = decidedBy?.displayName ?? t('nobody');
  return (
    <Notice tone={isWaiting ? 'warn' : run ? 'ok' : gone ? 'idle' : 'ok'} role="status">
      {run && !isWaiting && (
        <div>
          {partsOf(t('carriedOut', { number: run.number })).map(({ text, tag }) =>
            tag === 'link' ? (
              <TextLink key={text} to="/runs/$runId" params={{ runId: run.id }}>
                {text}
              </TextLink>
            ) : (
              text
            ),
          )}
        </div>
      )}
      {!run && gone && <div>{t(`gone.${gone}`)}</div>}
      {isWaiting && <div>{t('waitsWhy')}</div>}
      {!isWaiting && decidedBy && (
        <div>{comment ? t('decidedByWith', { name, comment }) : t('decidedBy', { name })}</div>
      )}
    </Notice>
  );
}

const GONE = ['SUPERSEDED', 'EXPIRED', 'REJECTED'] as const;

function Cost({ plan }: { plan: PlanData }): JSX.Element {
  const { summary } = plan;
  return (
    <Panel title={t('cost')}>
      <div className={styles.stack}>
        {summary?.callEstimates.length === 0 && <span className={styles.dim}>{t('noCalls')}</span>}
        {summary?.callEstimates.map((one) => (
          <p key={one.budget.id} className={styles.flat}>
            {callsOf(one)}
          </p>
        ))}
        <Facts
          facts={[
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
          ]}
        />
      </div>
    </Panel>
  );
}

type Estimate = NonNullable<PlanData['summary']>['callEstimates'][number];

function callsOf({ budget: { apiHost: host }, callsNeeded, callsLeftThisHour }: Estimate): string {
  if (callsNeeded === null) return t('unknownCalls', { host });
  if (callsLeftThisHour === null) return t('calls', { host, count: callsNeeded });
  return t('callsLeft', { host, count: callsNeeded, left: formatCount(callsLeftThisHour) });
}
