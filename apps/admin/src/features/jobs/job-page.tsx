import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { useChanges } from '../../graphql/use-changes.js';
import { RunRows } from '../../domain/run/run-rows.js';
import { formatBytes, formatCount, formatShare } from '../../ui/format.js';
import { TextLink } from '../../ui/links.js';
import { Moment } from '../../ui/moment.js';
import { Facts, Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { IssueList } from '../../domain/job/issue-list.js';
import { JobActions } from './job-actions.js';
import { JobQuery, PolicyFields, type JobData } from './data.js';
import { limitValues, limitWords } from './bandwidth-values.js';
import { policyDifferences } from './policies.js';
import { scheduleFacts } from './schedule-facts.js';
import { isTransfer, typeLabel, typeSentence } from '../../domain/job/transfer-types.js';
import { ApprovalTag, JobTag, LocationText } from '../../domain/job/job-tags.js';
import { NotThere } from '../../ui/not-there.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const DefaultsQuery = graphql(
  `
    query PolicyDefaults($type: TransferType!) {
      jobPolicyDefaults(transferType: $type) {
        ...PolicyFields
      }
    }
  `,
  [PolicyFields],
);

const route = getRouteApi('/shell/jobs/$jobId');

export function JobPage(): JSX.Element {
  const { jobId } = route.useParams();
  const [runs, setRuns] = useState(15);
  const { data, previousData, error, refetch } = useQuery(JobQuery, {
    variables: { id: jobId, runs },
  });
  useChanges(['JOB', 'RUN', 'PLAN', 'CONNECTION'], () => refetch());
  const job = (data ?? previousData)?.job;
  if (data && !data.job && !error) return <NotThere title={t('noSuchJob')} />;
  if (!job) {
    return (
      <Page title={t('job')} back={{ to: '/jobs', label: t('jobs') }}>
        <Panel title={t('job')} isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingJob')} />}
        </Panel>
      </Page>
    );
  }
  const cannotRun = job.issues.some((issue) => issue.severity === 'ERROR');
  return (
    <Page
      title={job.name}
      beside={<JobTag state={job.state} />}
      lead={job.description}
      back={{ to: '/jobs', label: t('jobs') }}
      actions={<JobActions job={job} />}
    >
      {cannotRun && <Findings job={job} />}
      <Panel title={t('runs', { count: job.runs.totalCount })} isFlush>
        {job.runs.nodes.length === 0 ? (
          <Blank title={t('notRunYet')}>
            {isTransfer(job.transferType) ? t('notRunYetTransfer') : t('notRunYetScan')}
          </Blank>
        ) : (
          <RunRows runs={job.runs.nodes} />
        )}
        {job.runs.totalCount > job.runs.nodes.length && runs < 100 && (
          <Button variant="subtle" m="sm" onClick={() => setRuns(100)}>
            {t('showMoreRuns')}
          </Button>
        )}
      </Panel>
      {!cannotRun && <Findings job={job} />}
      <div className={styles.columns}>
        <Summary job={job} />
        {isTransfer(job.transferType) && <LatestPlan plan={job.latestPlan} />}
      </div>
    </Page>
  );
}

function Findings({ job }: { job: JobData }): JSX.Element | null {
  if (job.issues.length === 0) return null;
  return (
    <Panel title={t('findings')} isFlush>
      <IssueList issues={job.issues} label={t('findingsLabel')} />
    </Panel>
  );
}

function Summary({ job }: { job: JobData }): JSX.Element {
  const { data } = useQuery(DefaultsQuery, { variables: { type: job.transferType } });
  const defaults = data?.jobPolicyDefaults;
  const changed = defaults ? policyDifferences(defaults, job.policies, job.transferType) : [];
  return (
    <Panel title={t('summary')}>
      <Facts
        facts={[
          ...(job.stopReason === null ? [] : [[t('ended'), job.stopReason] as [string, string]]),
          [
            t('type'),
            t('typeAndSentence', { type: typeLabel(job.transferType), sentence: typeSentence(job.transferType) }),
          ],
          [t('source'), <LocationText key="source" location={job.source} />],
          job.destination && [t('destination'), <LocationText key="destination" location={job.destination} />],
          [t('filters'), job.rules.length === 0 ? t('none') : t('filterCount', { count: job.rules.length })],
          ...scheduleFacts(job),
          [t('bandwidth'), limitValues(job.policies.bandwidth).map(limitWords).join('; ') || t('noLimit')],
          isTransfer(job.transferType) ? [t('remembered'), t('items', { count: job.ledgerItemCount })] : null,
          [t('policies'), changed.length === 0 ? t('allDefault') : t('changedPolicies', { count: changed.length })],
          ...changed,
          [t('changed'), <Moment key="changed" instant={job.updatedAt} />],
        ]}
      />
    </Panel>
  );
}

function LatestPlan({ plan }: { plan: JobData['latestPlan'] }): JSX.Element {
  if (!plan) {
    return (
      <Panel title={t('latestPlan')} isFlush>
        <Blank title={t('noPlanYet')}>{t('noPlanYetWhy')}</Blank>
      </Panel>
    );
  }
  const isDone = plan.taskState === 'SUCCEEDED';
  return (
    <Panel title={t('latestPlan')} aside={isDone && <ApprovalTag state={plan.approvalState} />}>
      <div className={styles.stack}>
        <Facts
          facts={[
            [t('made'), <Moment key="made" instant={plan.createdAt} />],
            isDone ? [t('itemsLookedAt'), formatCount(plan.summary?.itemCount)] : null,
            isDone ? [t('toTransfer'), formatBytes(plan.summary?.byteCount)] : null,
            plan.taskState === 'RUNNING' || plan.taskState === 'QUEUED'
              ? [
                  t('state'),
                  <StatusTag
                    key="state"
                    tone="busy"
                    label={
                      plan.progress === null ? t('planning') : t('planningShare', { share: formatShare(plan.progress) })
                    }
                  />,
                ]
              : null,
            plan.taskState === 'FAILED'
              ? [t('state'), <StatusTag key="state" tone="bad" label={t('planningFailed')} />]
              : null,
          ]}
        />
        <TextLink to="/plans/$planId" params={{ planId: plan.id }}>
          {t('showPlan')}
        </TextLink>
      </div>
    </Panel>
  );
}
