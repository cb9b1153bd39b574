import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { RunRows } from '../../domain/run/run-rows.js';
import { countOf, formatBytes, formatCount, formatInstant, formatMoment, formatShare } from '../../ui/format.js';
import { TextLink } from '../../ui/links.js';
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
    pollInterval: 3000,
  });
  const job = (data ?? previousData)?.job;
  if (data && !data.job && !error) return <NotThere what="job" />;
  if (!job) {
    return (
      <Page title="Job" back={{ to: '/jobs', label: 'Jobs' }}>
        <Panel title="Job" isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label="Loading the job" />}
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
      back={{ to: '/jobs', label: 'Jobs' }}
      actions={<JobActions job={job} />}
    >
      {cannotRun && <Findings job={job} />}
      <Panel title={countOf(job.runs.totalCount, 'run')} isFlush>
        {job.runs.nodes.length === 0 ? (
          <Blank title="This job has not run yet">
            {isTransfer(job.transferType)
              ? 'Make a plan to see what a run would do, or choose Run now.'
              : 'Choose Run now to analyse the place.'}
          </Blank>
        ) : (
          <RunRows runs={job.runs.nodes} />
        )}
        {job.runs.totalCount > job.runs.nodes.length && runs < 100 && (
          <Button variant="subtle" m="sm" onClick={() => setRuns(100)}>
            Show more runs
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
    <Panel title="Findings" isFlush>
      <IssueList issues={job.issues} label="Findings about the job" />
    </Panel>
  );
}

function Summary({ job }: { job: JobData }): JSX.Element {
  const { data } = useQuery(DefaultsQuery, { variables: { type: job.transferType } });
  const defaults = data?.jobPolicyDefaults;
  const changed = defaults ? policyDifferences(defaults, job.policies, job.transferType) : [];
  return (
    <Panel title="Summary">
      <Facts
        facts={[
          ...(job.stopReason === null ? [] : [['Ended', job.stopReason] as [string, string]]),
          ['Type', `${typeLabel(job.transferType)}. ${typeSentence(job.transferType)}`],
          ['Source', <LocationText key="source" location={job.source} />],
          job.destination && ['Destination', <LocationText key="destination" location={job.destination} />],
          ['Filters', job.rules.length === 0 ? 'None' : countOf(job.rules.length, 'filter')],
          ...scheduleFacts(job),
          ['Bandwidth', limitValues(job.policies.bandwidth).map(limitWords).join('; ') || 'No limit'],
          isTransfer(job.transferType) ? ['Remembered', countOf(job.ledgerItemCount, 'item')] : null,
          [
            'Policies',
            changed.length === 0 ? 'All at their defaults' : `${countOf(changed.length, 'policy', 'policies')} changed`,
          ],
          ...changed,
          ['Changed', formatInstant(job.updatedAt)],
        ]}
      />
    </Panel>
  );
}

function LatestPlan({ plan }: { plan: JobData['latestPlan'] }): JSX.Element {
  if (!plan) {
    return (
      <Panel title="Latest plan" isFlush>
        <Blank title="No plan yet">A plan lists every step that a run would take, and writes nothing.</Blank>
      </Panel>
    );
  }
  const isDone = plan.taskState === 'SUCCEEDED';
  return (
    <Panel title="Latest plan" aside={isDone && <ApprovalTag state={plan.approvalState} />}>
      <div className={styles.stack}>
        <Facts
          facts={[
            ['Made', formatMoment(plan.createdAt)],
            isDone ? ['Items looked at', formatCount(plan.summary?.itemCount)] : null,
            isDone ? ['To transfer', formatBytes(plan.summary?.byteCount)] : null,
            plan.taskState === 'RUNNING' || plan.taskState === 'QUEUED'
              ? [
                  'State',
                  <StatusTag
                    key="state"
                    tone="busy"
                    label={`Planning ${plan.progress === null ? '' : formatShare(plan.progress)}`}
                  />,
                ]
              : null,
            plan.taskState === 'FAILED'
              ? ['State', <StatusTag key="state" tone="bad" label="Planning failed" />]
              : null,
          ]}
        />
        <TextLink to="/plans/$planId" params={{ planId: plan.id }}>
          Show the plan
        </TextLink>
      </div>
    </Panel>
  );
}
