import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { graphql, type VariablesOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { Failure } from '../../../domain/failure.js';
import { IssueList } from '../../../domain/job/issue-list.js';
import { IssueFields, type IssueData } from '../../../domain/job/job-data.js';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import { fieldPath } from '../../../graphql/problems.js';
import { Panel } from '../../../ui/page.js';
import { Loading } from '../../../ui/states.js';
import { StatusTag } from '../../../ui/tag.js';
import styles from '../../../ui/ui.module.css';
import { ComparisonLink } from '../comparison-link.js';
import { t } from './words.js';
import { StepLink } from './step-links.js';
import { stepOfField } from './steps.js';

const JobIssuesQuery = graphql(
  `
    query JobIssues($input: JobCreateInput!, $jobId: ID) {
      jobIssues(input: $input, jobId: $jobId) {
        ...IssueFields
      }
    }
  `,
  [IssueFields],
);

interface LinksProps {
  jobId: string | null;
  input: Input;
  issue: IssueData;
}

/** Where a finding can be settled, and what it comes from. */
function Links({ jobId, input: { source, destination }, issue }: LinksProps): JSX.Element {
  const step = stepOfField(fieldPath(issue));
  return (
    <>
      {step !== 'summary' && (
        <StepLink jobId={jobId} step={step}>
          {t('changeAt', { step: t(`step.${step}`) })}
        </StepLink>
      )}{' '}
      <ComparisonLink issue={issue} from={source.connectionId} to={destination?.connectionId ?? ''} />
    </>
  );
}

type Input = VariablesOf<typeof JobIssuesQuery>['input'];

/** What the server finds about a job before it is saved, each with a link to the step that decides it. */
export function Findings({ jobId, input }: { jobId: string | null; input: Input }): JSX.Element {
  const [asked] = useDebouncedValue(JSON.stringify(input), 600);
  const { data, previousData, error, loading, refetch } = useQuery(JobIssuesQuery, {
    variables: { input: JSON.parse(asked) as Input, jobId },
    fetchPolicy: 'no-cache',
  });
  const issues = (data ?? previousData)?.jobIssues;
  return (
    <Panel title={t('findings')} isFlush aside={loading && issues && <StatusTag tone="busy" label={t('checking')} />}>
      {!issues &&
        (error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading label={t('checkingJob')} rows={2} />
        ))}
      {issues?.length === 0 && (
        <p className={styles.panelNote}>
          <StatusTag tone="ok" label={t('nothingFound')} />{' '}
          {isTransfer(input.transferType) ? t('destinationHolds') : t('nothingAgainst')}
        </p>
      )}
      {issues && issues.length > 0 && (
        <IssueList
          issues={issues}
          label={t('findingsLabel')}
          linkOf={(issue) => <Links jobId={jobId} input={input} issue={issue} />}
        />
      )}
    </Panel>
  );
}
