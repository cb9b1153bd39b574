import { useQuery } from '@apollo/client/react';
import type { JSX } from 'react';
import { TextLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { SidePicker } from '../connection/side-picker.js';
import { sideOf, type Sides } from '../connection/sides.js';
import { Failure } from '../failure.js';
import { IssueList } from '../job/issue-list.js';
import { ScanLossesQuery } from './scan-data.js';
import styles from './scan.module.css';
import { t } from './words.js';

interface ScanLossesProps {
  runId: string;
  sides: Sides;
  /** Platform or connection to copy to. */
  destination: string;
  onChoose: (destination: string) => void;
}

/** What a copy of everything could lose at a place that one chooses. */
export function ScanLosses({ runId, sides, destination, onChoose }: ScanLossesProps): JSX.Element {
  const { data, error, refetch } = useQuery(ScanLossesQuery, {
    variables: { id: runId, destination: sideOf(destination, sides) },
  });
  const run = data?.run;
  const losses = run?.scan?.losses;
  return (
    <Panel
      title={t('wouldLose')}
      isFlush
      aside={
        <SidePicker
          size="xs"
          aria-label={t('copyTo')}
          sides={sides}
          value={destination}
          onChange={onChoose}
          maw={220}
        />
      }
    >
      {!losses &&
        (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('comparing')} />)}
      {losses?.length === 0 && <Blank title={t('nothingLost')}>{t('nothingLostWhy')}</Blank>}
      {losses && losses.length > 0 && <IssueList issues={losses} label={t('wouldLose')} />}
      {losses && run.job.source.connection && (
        <p className={styles.foot}>
          <TextLink to="/comparison" search={{ from: run.job.source.connection.id, to: destination }}>
            {t('comparePlatforms')}
          </TextLink>
        </p>
      )}
    </Panel>
  );
}
