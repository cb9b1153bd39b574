import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { graphql } from '@sluice/client/graphql';
import type { Problem } from '../../graphql/problems.js';
import { ButtonLink } from '../../ui/links.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { JobCreate, JobQuery, JobUpdate, PolicyFields } from './data.js';
import { JobForm } from './job-form.js';
import {
  createInput,
  newJobValues,
  savedJobValues,
  updateInput,
  type JobValues,
  type PolicyDefaults,
} from './job-input.js';
import type { ConnectionChoice } from './location-fields.js';
import { NotThere } from '../../ui/not-there.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const JobFormQuery = graphql(
  `
    query JobForm {
      COPY: jobPolicyDefaults(transferType: COPY) {
        ...PolicyFields
      }
      MIGRATE: jobPolicyDefaults(transferType: MIGRATE) {
        ...PolicyFields
      }
      MOVE: jobPolicyDefaults(transferType: MOVE) {
        ...PolicyFields
      }
      PUBLISH: jobPolicyDefaults(transferType: PUBLISH) {
        ...PolicyFields
      }
      SCAN: jobPolicyDefaults(transferType: SCAN) {
        ...PolicyFields
      }
      STRUCTURE: jobPolicyDefaults(transferType: STRUCTURE) {
        ...PolicyFields
      }
      SYNC: jobPolicyDefaults(transferType: SYNC) {
        ...PolicyFields
      }
      connections(first: 100) {
        nodes {
          id
          name
          platform {
            key
            displayName
          }
          settings {
            __typename
            ... on NetworkFileShareSettings {
              location
            }
            ... on ObjectStorageSettings {
              bucket
            }
            ... on ProcoreSettings {
              projectName
            }
          }
        }
      }
    }
  `,
  [PolicyFields],
);

interface Basis {
  defaults: PolicyDefaults;
  connections: ConnectionChoice[];
}

/** What every job form needs; null while it is not there, with what to show instead. */
function useBasis(): { basis: Basis | null; instead: JSX.Element } {
  const { data, error, refetch } = useQuery(JobFormQuery, {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const instead = error ? (
    <Failure error={error} onRetry={() => void refetch()} />
  ) : (
    <Loading label={t('loadingForm')} />
  );
  const { COPY, MIGRATE, MOVE, PUBLISH, SCAN, STRUCTURE, SYNC } = data ?? {};
  if (!data || !COPY || !MIGRATE || !MOVE || !PUBLISH || !SCAN || !STRUCTURE || !SYNC) return { basis: null, instead };
  const defaults = { COPY, MIGRATE, MOVE, PUBLISH, SCAN, STRUCTURE, SYNC };
  const connections = (data.connections?.nodes ?? []).map((one) => ({
    id: one.id,
    name: one.name,
    detail:
      one.settings.__typename === 'ProcoreSettings'
        ? (one.settings.projectName ?? one.platform.displayName)
        : one.settings.__typename === 'NetworkFileShareSettings'
          ? one.settings.location
          : one.settings.bucket,
  }));
  return { basis: { defaults, connections }, instead };
}

const editRoute = getRouteApi('/shell/jobs/$jobId/edit');
const newRoute = getRouteApi('/shell/jobs/new');

export function NewJobPage(): JSX.Element {
  const { basis, instead } = useBasis();
  const navigate = newRoute.useNavigate();
  const [create] = useAction(JobCreate);
  const save = async (values: JobValues): Promise<readonly Problem[] | null> => {
    if (!basis) return null;
    const payload = (await create({ input: createInput(values, basis.defaults), key: newKey() }))?.jobCreate;
    if (payload?.job) await navigate({ to: '/jobs/$jobId', params: { jobId: payload.job.id } });
    return payload?.userErrors ?? null;
  };
  return (
    <Page title={t('newJob')} isNarrow back={{ to: '/jobs', label: t('jobs') }}>
      {!basis && <Panel title={t('job')}>{instead}</Panel>}
      {basis && basis.connections.length === 0 && (
        <Panel title={t('job')} isFlush>
          <Blank
            title={t('needsConnections')}
            action={<ButtonLink to="/connections/new">{t('addConnection')}</ButtonLink>}
          >
            {t('needsConnectionsWhy')}
          </Blank>
        </Panel>
      )}
      {basis && basis.connections.length > 0 && (
        <JobForm
          {...basis}
          isSaved={false}
          start={newJobValues(basis.defaults)}
          action={t('createJob')}
          onSave={save}
          cancel={{ to: '/jobs' }}
        />
      )}
    </Page>
  );
}

export function EditJobPage(): JSX.Element {
  const { jobId } = editRoute.useParams();
  const { basis, instead } = useBasis();
  const navigate = editRoute.useNavigate();
  const { data, error, refetch } = useQuery(JobQuery, { variables: { id: jobId, runs: 20 } });
  const [update] = useAction(JobUpdate);
  const job = data?.job;
  if (data && !job && !error) return <NotThere title={t('noSuchJob')} />;
  const save = async (values: JobValues): Promise<readonly Problem[] | null> => {
    if (!job) return null;
    const payload = (await update({ id: jobId, input: updateInput(values, savedJobValues(job)), version: job.version }))
      ?.jobUpdate;
    if (payload?.job) await navigate({ to: '/jobs/$jobId', params: { jobId } });
    return payload?.userErrors ?? null;
  };
  const body = () => {
    if (error && !job) return <Failure error={error} onRetry={() => void refetch()} />;
    if (!basis || !job) return instead;
    return (
      <JobForm
        key={job.id}
        {...basis}
        isSaved
        start={savedJobValues(job)}
        action={t('saveChanges')}
        onSave={save}
        cancel={{ to: '/jobs/$jobId', params: { jobId } }}
      />
    );
  };
  return (
    <Page
      title={job ? t('editNamed', { name: job.name }) : t('editJob')}
      isNarrow
      back={{ to: '/jobs/$jobId', jobId, label: job?.name ?? t('job') }}
    >
      {body()}
    </Page>
  );
}
