import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { Failure } from '../../../domain/failure.js';
import { ReportButton } from '../../../domain/report-button.js';
import { useCan } from '../../../domain/session.js';
import { ButtonLink, NameLink } from '../../../ui/links.js';
import { Panel } from '../../../ui/page.js';
import { Blank, Loading } from '../../../ui/states.js';
import styles from '../../../ui/ui.module.css';
import type { PartProps } from './part-props.js';
import { t } from './words.js';

const MappingsQuery = graphql(`
  query JobMappings($id: ID!) {
    job(id: $id) {
      id
      mappingSets {
        id
        name
      }
    }
  }
`);

/** The mapping sets that the job uses, and the names that they gave no target for, as a file. */
export function MappingTab({ job }: PartProps): JSX.Element {
  const { data, error, refetch } = useQuery(MappingsQuery, { variables: { id: job.id } });
  const canReport = useCan('REPORTS_READ');
  const sets = data?.job?.mappingSets;
  const hasSets = sets !== undefined && sets.length > 0;
  const report = <ReportButton label={t('unmappedReport')} input={{ kind: 'UNMAPPED', subject: { jobId: job.id } }} />;
  return (
    <Panel title={t('mappingReport')} aside={hasSets && canReport && report} isFlush>
      {sets === undefined && (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Waiting />)}
      {sets?.length === 0 && <NoSets job={job} />}
      {hasSets && (
        <>
          <p className={`${styles.dim ?? ''} ${styles.panelNote ?? ''}`}>{t('unmappedWhat')}</p>
          <ul className={styles.list} aria-label={t('mappingSets')}>
            {sets.map(({ id, name }) => (
              <li key={id}>
                <NameLink to="/mappings/$mappingSetId" params={{ mappingSetId: id }}>
                  {name}
                </NameLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

const Waiting = (): JSX.Element => <Loading label={t('loadingSets')} rows={2} />;

function NoSets({ job }: Pick<PartProps, 'job'>): JSX.Element {
  const choose = (
    <ButtonLink to="/jobs/$jobId/edit/$step" params={{ jobId: job.id, step: 'mappings' }} variant="default">
      {t('chooseSets')}
    </ButtonLink>
  );
  return (
    <Blank title={t('noSets')} action={job.allowedActions.includes('UPDATE') && choose}>
      {t('noSetsWhy')}
    </Blank>
  );
}
