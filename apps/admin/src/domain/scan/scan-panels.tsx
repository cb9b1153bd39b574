import { useQuery } from '@apollo/client/react';
import type { JSX, ReactNode } from 'react';
import { formatBytes, formatCount } from '../../ui/format.js';
import { Figures, Panel } from '../../ui/page.js';
import { Loading, Notice } from '../../ui/states.js';
import uiStyles from '../../ui/ui.module.css';
import { ScanBars } from './scan-bars.js';
import { SidesQuery } from '../connection/sides.js';
import { ScanQuery, type Scan } from './scan-data.js';
import { Duplicates, NameProblems } from './scan-findings.js';
import { ScanLosses } from './scan-losses.js';
import styles from './scan.module.css';
import { Failure } from '../failure.js';
import { t } from './words.js';

interface ScanPanelsProps {
  runId: string;
  /** Platform or connection to whose names and limits the place is held; a platform of the server's unless chosen. */
  destination: string | undefined;
  onDestination: (destination: string) => void;
  /** Shown for a run that ended without a result. */
  blank?: ReactNode;
}

/** The result of a scan that has ended. */
export function ScanPanels({ runId, destination, onDestination, blank = null }: ScanPanelsProps): JSX.Element {
  const { data, error, refetch } = useQuery(ScanQuery, { variables: { id: runId } });
  const sides = useQuery(SidesQuery).data;
  if (!data?.run) {
    return (
      <Panel title={t('whatIsThere')} isFlush>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingResult')} />}
      </Panel>
    );
  }
  const { scan } = data.run;
  if (!scan) return <>{blank}</>;
  const platforms = sides?.platforms ?? [];
  const chosen = destination ?? platforms[0]?.key;
  const nameOf = (key: string) => platforms.find((one) => one.key === key)?.displayName ?? key;
  return (
    <>
      <Overview scan={scan} />
      <div className={styles.grid}>
        <div className={styles.column}>
          <ScanBars title={t('extensions')} head={t('extension')} buckets={scan.extensions} of="byteCount" />
          <ScanBars title={t('sizes')} head={t('size')} buckets={scan.sizeClasses} of="fileCount" />
          <NameProblems scan={scan} nameOf={nameOf} />
          <LongestPaths paths={scan.longestPaths} />
        </div>
        <div className={styles.column}>
          <ScanBars title={t('depths')} head={t('foldersDeep')} buckets={scan.depths} of="fileCount" />
          <ScanBars title={t('lastChanges')} head={t('changed')} buckets={scan.ageClasses} of="fileCount" />
          {sides && chosen && <ScanLosses runId={runId} sides={sides} destination={chosen} onChoose={onDestination} />}
          <Duplicates scan={scan} />
        </div>
      </div>
    </>
  );
}

function Overview({ scan }: { scan: Scan }): JSX.Element {
  const { fileCount, folderCount, emptyFolderCount, byteCount, duplicateByteCount, duplicateGroupCount } = scan;
  const mean = fileCount === 0 ? 0 : Math.round(byteCount / fileCount);
  return (
    <Panel title={t('whatIsThere')}>
      <div className={`${uiStyles.stack ?? ''} ${uiStyles.loose ?? ''}`}>
        {!scan.isComplete && <Notice tone="warn">{t('tooLow')}</Notice>}
        <Figures
          figures={[
            { name: t('files'), value: formatCount(fileCount), note: t('onAverage', { size: formatBytes(mean) }) },
            {
              name: t('folders'),
              value: formatCount(folderCount),
              note: emptyFolderCount === null ? t('tooManyToTell') : t('emptyFolders', { count: emptyFolderCount }),
            },
            { name: t('data'), value: formatBytes(byteCount) },
            {
              name: t('equalFiles'),
              value: scan.isCompared || duplicateGroupCount > 0 ? formatBytes(duplicateByteCount) : '–',
              note: equalNote(scan),
            },
          ]}
        />
      </div>
    </Panel>
  );
}

function equalNote({ isCompared, duplicateGroupCount: count }: Scan): string {
  if (!isCompared) return t('notCompared');
  return count === 0 ? t('noTwoEqual') : t('tooManyIn', { count });
}

function LongestPaths({ paths }: { paths: readonly string[] }): JSX.Element {
  return (
    <Panel title={t('longestPaths')} isFlush>
      <ul className={styles.findings}>
        {paths.slice(0, 10).map((path) => (
          <li key={path}>
            <span className={uiStyles.path}>{path}</span>
            <span className={styles.figure}>{formatCount(path.length - 1)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
