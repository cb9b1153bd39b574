import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { countOf, formatBytes, formatCount, formatInstant, formatMoment, formatShare } from '../../ui/format.js';
import { Gauge } from '../../ui/gauge.js';
import { TextLink } from '../../ui/links.js';
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

const route = getRouteApi('/shell/plans/$planId');

export function PlanPage(): JSX.Element {
  const { planId } = route.useParams();
  const { data, error, refetch } = useQuery(PlanQuery, { variables: { id: planId }, pollInterval: 2000 });
  const plan = data?.plan;
  if (data && !plan && !error) return <NotThere what="plan" />;
  if (!plan) {
    return (
      <Page title="Plan" back={{ to: '/jobs', label: 'Jobs' }}>
        <Panel title="Plan" isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label="Loading the plan" />}
        </Panel>
      </Page>
    );
  }
  return (
    <Page
      title={plan.undoes ? `Undo of run ${plan.undoes.number} of ${plan.job.name}` : `Plan for ${plan.job.name}`}
      beside={plan.taskState === 'SUCCEEDED' && <ApprovalTag state={plan.approvalState} />}
      lead={`Made ${formatMoment(plan.createdAt)}. A plan writes nothing; it lists what a run would do.`}
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
      Run this plan
    </Button>
  );
}

function UnderWay({ plan }: { plan: PlanData }): JSX.Element {
  if (plan.taskState === 'FAILED') {
    return (
      <Panel title="Planning failed" isFlush>
        <Failure error={plan.failure?.message ?? 'The plan could not be made.'} />
      </Panel>
    );
  }
  const text = plan.progress === null ? 'Listing both sides' : `${formatShare(plan.progress)} planned`;
  return (
    <Panel title="Planning">
      <div className={styles.stack} role="status">
        <Gauge
          label="Progress of the plan"
          text={text}
          value={plan.progress}
          parts={[{ share: plan.progress ?? 0, tone: 'busy' }]}
        />
        <span>{text}. This page goes on by itself.</span>
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
        <Panel title="What would happen" isFlush>
          <Totals plan={plan} />
        </Panel>
        <Panel title="Cost">
          <div className={styles.stack}>
            {summary?.callEstimates.length === 0 && (
              <span className={styles.dim}>No calls are counted for these connections.</span>
            )}
            {summary?.callEstimates.map((one) => (
              <p key={one.budget.id} style={{ margin: 0 }}>
                {one.budget.apiHost}:{' '}
                {one.callsNeeded === null
                  ? 'the calls are not known yet'
                  : `${countOf(one.callsNeeded, 'call')} needed`}
                {one.callsLeftThisHour !== null && `, ${formatCount(one.callsLeftThisHour)} left this hour`}
                {one.finishAt && `, done at about ${formatMoment(one.finishAt)}`}.
              </p>
            ))}
            <Facts
              facts={[
                ['Items looked at', formatCount(summary?.itemCount)],
                ['To transfer', formatBytes(summary?.byteCount)],
                ['Valid until', formatInstant(plan.expiresAt)],
                plan.digest
                  ? [
                      'Fingerprint',
                      <span key="digest" className={styles.path}>
                        {plan.digest.slice(0, 16)}
                      </span>,
                    ]
                  : null,
                plan.undoes && [
                  'Undoes',
                  <TextLink key="undoes" to="/runs/$runId" params={{ runId: plan.undoes.id }}>
                    Run {plan.undoes.number}
                  </TextLink>,
                ],
                plan.run && [
                  'Carried out by',
                  <TextLink key="run" to="/runs/$runId" params={{ runId: plan.run.id }}>
                    Run {plan.run.number}
                  </TextLink>,
                ],
              ]}
            />
          </div>
        </Panel>
      </div>
      {summary && summary.warnings.length > 0 && (
        <Panel title="Warnings" isFlush>
          <IssueList issues={summary.warnings} label="Warnings about the plan" />
        </Panel>
      )}
      <PlanSteps planId={plan.id} />
    </>
  );
}

function Totals({ plan }: { plan: PlanData }): JSX.Element {
  const totals = plan.summary?.totals.filter((total) => total.itemCount > 0) ?? [];
  if (totals.length === 0) return <p style={{ margin: 0, padding: 18 }}>Nothing: both sides are equal.</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Action</th>
          <th scope="col" className={styles.figure}>
            Items
          </th>
          <th scope="col" className={styles.figure}>
            Data
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
