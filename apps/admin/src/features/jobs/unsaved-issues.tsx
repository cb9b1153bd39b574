import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import type { JSX } from 'react';
import { graphql, type VariablesOf } from '@sluice/client/graphql';
import { Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import { IssueList } from '../../domain/job/issue-list.js';
import { isTransfer } from '../../domain/job/transfer-types.js';
import { Failure } from '../../domain/failure.js';
import { IssueFields } from '../../domain/job/job-data.js';
import { t } from './words.js';

const JobIssuesQuery = graphql(
  `
    query JobIssues($input: JobCreateInput!) {
      jobIssues(input: $input) {
        ...IssueFields
      }
    }
  `,
  [IssueFields],
);

type Input = VariablesOf<typeof JobIssuesQuery>['input'];

/** What the server finds about a job before it is saved. Null: not enough is known to ask. */
export function UnsavedIssues({ input }: { input: Input | null }): JSX.Element | null {
  const named = input && { ...input, name: input.name || t('newJob') };
  const [asked] = useDebouncedValue(JSON.stringify(named), 600);
  const variables = { input: JSON.parse(asked) as Input };
  const { data, previousData, error, loading, refetch } = useQuery(JobIssuesQuery, {
    variables,
    skip: asked === 'null',
    fetchPolicy: 'no-cache',
  });
  if (input === null || asked === 'null') return null;
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
        <p style={{ margin: 0, padding: 18 }}>
          <StatusTag tone="ok" label={t('nothingFound')} />{' '}
          {isTransfer(input.transferType) ? t('destinationHolds') : t('nothingAgainst')}
        </p>
      )}
      {issues && issues.length > 0 && <IssueList issues={issues} label={t('findingsLabel')} />}
    </Panel>
  );
}
