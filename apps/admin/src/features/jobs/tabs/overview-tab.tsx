import type { JSX } from 'react';
import { ApprovalTag } from '../../../domain/job/job-tags.js';
import { IssueList } from '../../../domain/job/issue-list.js';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import { flaggedIn } from '../../../domain/run/done-text.js';
import { stateOf } from '../../../domain/run/run-tags.js';
import { Bars } from '../../../ui/bars.js';
import { formatBytes, formatCount, formatMoment, formatShare } from '../../../ui/format.js';
import { TextLink } from '../../../ui/links.js';
import { Moment } from '../../../ui/moment.js';
import { Facts, Panel } from '../../../ui/page.js';
import { Blank } from '../../../ui/states.js';
import { StatusTag } from '../../../ui/tag.js';
import styles from '../../../ui/ui.module.css';
import { ComparisonLink } from '../comparison-link.js';
import type { JobData, JobPageData } from '../data.js';
import { t } from './words.js';

/** How many runs the trend shows. */
const TREND = 10;

/** What stands against the job, how its runs went, and the latest plan. */
export function OverviewTab({ job }: { job: JobPageData }): JSX.Element {
  const cannotRun = job.issues.some(({ severity }) => severity === 'ERROR');
  return (
    <>
      {cannotRun && <Findings job={job} />}
      <Trend job={job} />
      {!cannotRun && <Findings job={job} />}
      {isTransfer(job.transferType) && <LatestPlan plan={job.latestPlan} />}
    </>
  );
}

function Findings({ job }: { job: JobPageData }): JSX.Element | null {
  if (job.issues.length === 0) return null;
  return (
    <Panel title={t('findings')} isFlush>
      <IssueList
        issues={job.issues}
        label={t('findingsLabel')}
        linkOf={(issue) => (
          <ComparisonLink
            issue={issue}
            from={job.source.connection?.id ?? ''}
            to={job.destination?.connection?.id ?? ''}
          />
        )}
      />
    </Panel>
  );
}

/** What each of the latest runs has done, the newest first. */
function Trend({ job }: { job: JobPageData }): JSX.Element {
  const bars = job.runs.nodes.slice(0, TREND).map((run) => {
    const { statistics, state } = run;
    const { label, tone } = stateOf(state);
    const flagged = flaggedIn(statistics);
    const data = formatBytes(statistics.bytesDone);
    const name = (
      <span>
        <TextLink to="/runs/$runId" params={{ runId: run.id }}>
          {t('runNumber', { number: run.number })}
        </TextLink>{' '}
        <span className={styles.dim}>{t('runAt', { moment: formatMoment(run.queuedAt), state: label })}</span>
      </span>
    );
    const note = flagged === 0 ? data : t('dataAndFlagged', { data, count: flagged });
    return { key: run.id, name, count: statistics.itemsDone, tone, note };
  });
  return (
    <Panel title={t('trend')} isFlush={bars.length === 0}>
      {bars.length === 0 ? (
        <Blank title={t('notRunYet')}>
          {isTransfer(job.transferType) ? t('notRunYetTransfer') : t('notRunYetScan')}
        </Blank>
      ) : (
        <Bars label={t('trendLabel')} bars={bars} />
      )}
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
