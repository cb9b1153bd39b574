import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { graphql, type VariablesOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { Failure } from '../../../domain/failure.js';
import { IssueList } from '../../../domain/job/issue-list.js';
import { IssueFields } from '../../../domain/job/job-data.js';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import { fieldPath } from '../../../graphql/problems.js';
import { Panel } from '../../../ui/page.js';
import { Loading } from '../../../ui/states.js';
import { StatusTag } from '../../../ui/tag.js';
import styles from '../../../ui/ui.module.css';
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
          linkOf={({ field }) => {
            const step = stepOfField(fieldPath({ field }));
            return step === 'summary' ? null : (
              <StepLink jobId={jobId} step={step}>
                {t('changeAt', { step: t(`step.${step}`) })}
              </StepLink>
            );
          }}
        />
      )}
    </Panel>
  );
}
