import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { Failure } from '../../../domain/failure.js';
import { TextLink } from '../../../ui/links.js';
import { Panel } from '../../../ui/page.js';
import { Loading } from '../../../ui/states.js';
import { StatusTag } from '../../../ui/tag.js';
import styles from '../../../ui/ui.module.css';
import { t } from './words.js';
import ownStyles from './wizard.module.css';

const LossesQuery = graphql(`
  query JobLosses($source: ComparisonSideInput!, $destination: ComparisonSideInput!) {
    platformComparison(source: $source, destination: $destination) {
      label
      verdict
      effect
    }
  }
`);

/** What does not come along from one connection to another, from the platform comparison. */
export function Losses({ from, to, title }: { from: string; to: string; title: string }): JSX.Element {
  const { data, error, refetch } = useQuery(LossesQuery, {
    variables: { source: { connectionId: from }, destination: { connectionId: to } },
  });
  const losses = data?.platformComparison?.filter(({ verdict }) => verdict === 'LOSSY');
  return (
    <Panel title={title} isFlush>
      {!losses &&
        (error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading label={t('comparing')} rows={3} />
        ))}
      {losses?.length === 0 && (
        <p className={styles.panelNote}>
          <StatusTag tone="ok" label={t('nothingLost')} />
        </p>
      )}
      {losses && losses.length > 0 && (
        <ul className={`${styles.list ?? ''} ${ownStyles.losses ?? ''}`} aria-label={title} tabIndex={0}>
          {losses.map(({ label, effect }) => (
            <li key={label}>
              <StatusTag tone="warn" label={label} />
              <span className={styles.sub}>{effect}</span>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.panelNote}>
        <TextLink to="/comparison" search={{ from, to }} className={styles.small}>
          {t('wholeComparison')}
        </TextLink>
      </p>
    </Panel>
  );
}
