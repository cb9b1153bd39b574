/*
 * The room of jobs: the list, the form with its places and policies, and the plan of a run with the decision about it.
 */
import { useQuery } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowNarrowRight, IconPlus, IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState, type JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { LiveProgress } from '../../domain/run/run-rows.js';
import { RunTag } from '../../domain/run/run-tags.js';
import { useCan } from '../../domain/session.js';
import { ButtonLink, NameLink, TextLink } from '../../ui/links.js';
import { Moment } from '../../ui/moment.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { JobRowFields, type JobRow } from './data.js';
import { JobTag, LocationText } from '../../domain/job/job-tags.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const JobsQuery = graphql(
  `
    query Jobs($search: String) {
      jobs(first: 100, filter: { nameContains: $search }) {
        totalCount
        nodes {
          ...JobRowFields
        }
      }
    }
  `,
  [JobRowFields],
);

const route = getRouteApi('/shell/jobs');

export function JobsPage(): JSX.Element {
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = useCan('JOBS_WRITE');
  const [text, setText] = useState(search);
  const [asked] = useDebouncedValue(text.trim(), 250);
  useEffect(() => {
    void navigate({ search: { search: asked || undefined }, replace: true });
  }, [asked, navigate]);
  const { data, previousData, error, refetch } = useQuery(JobsQuery, {
    variables: { search: asked || null },
    pollInterval: 4000,
  });
  const page = (data ?? previousData)?.jobs;
  const newJob = (
    <ButtonLink to="/jobs/new" leftSection={<IconPlus size={16} />}>
      {t('newJob')}
    </ButtonLink>
  );
  return (
    <Page title={t('jobs')} lead={t('jobsLead')} actions={canWrite && newJob}>
      <Panel
        title={page ? t('count', { count: page.totalCount }) : t('jobs')}
        isFlush
        aside={
          <TextInput
            type="search"
            size="xs"
            w={230}
            aria-label={t('searchJobs')}
            placeholder={t('searchByName')}
            leftSection={<IconSearch size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        }
      >
        {!page &&
          (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingJobs')} />)}
        {page && page.nodes.length > 0 && <Rows jobs={page.nodes} />}
        {page &&
          page.nodes.length === 0 &&
          (asked === '' ? (
            <Blank title={t('noneYet')}>{t('noneYetWhy')}</Blank>
          ) : (
            <Blank title={t('noneNamed')}>{t('shorterName')}</Blank>
          ))}
        {page && page.totalCount > page.nodes.length && (
          <p className={styles.dim} style={{ margin: 0, padding: 14 }}>
            {t('firstOnes', { shown: page.nodes.length })}
          </p>
        )}
      </Panel>
    </Page>
  );
}

function Rows({ jobs }: { jobs: readonly JobRow[] }): JSX.Element {
  return (
    <div className={styles.tableScroll}>
      <table className={`${styles.table ?? ''} ${styles.cards ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('fromAndTo')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('latestRun')}</th>
            <th scope="col">{t('nextStart')}</th>
            <th scope="col">{t('progress')}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <td>
                <NameLink to="/jobs/$jobId" params={{ jobId: job.id }}>
                  {job.name}
                </NameLink>
              </td>
              <td data-label={t('fromAndTo')}>
                <LocationText location={job.source} />
                {job.destination && (
                  <span className={styles.row} style={{ gap: 4, flexWrap: 'nowrap' }}>
                    <IconArrowNarrowRight size={16} aria-label={t('to')} style={{ flex: 'none' }} />{' '}
                    <LocationText location={job.destination} />
                  </span>
                )}
              </td>
              <td data-label={t('state')}>
                <JobTag state={job.state} />
              </td>
              <td data-label={t('latestRun')}>
                {job.latestRun ? (
                  <>
                    <RunTag state={job.latestRun.state} />
                    <span className={styles.sub}>
                      <TextLink to="/runs/$runId" params={{ runId: job.latestRun.id }}>
                        {t('runNumber', { number: job.latestRun.number })}
                      </TextLink>
                    </span>
                  </>
                ) : (
                  <span className={styles.dim}>{t('never')}</span>
                )}
              </td>
              <td data-label={t('nextStart')}>
                {job.nextStartAt ? (
                  <Moment instant={job.nextStartAt} />
                ) : (
                  <span className={styles.dim}>{t('none')}</span>
                )}
              </td>
              <td data-label={t('progress')}>{job.latestRun && <LiveProgress run={job.latestRun} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
