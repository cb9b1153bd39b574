import { useQuery } from '@apollo/client/react';
import type { JSX } from 'react';
import { formatBytes, formatCount } from '../../../ui/format.js';
import { Figures, Panel } from '../../../ui/page.js';
import { Loading, Notice } from '../../../ui/states.js';
import uiStyles from '../../../ui/ui.module.css';
import { ScanBars } from './scan-bars.js';
import { ScanPlatformsQuery, ScanQuery, type Scan } from './scan-data.js';
import { Duplicates, NameProblems } from './scan-findings.js';
import { ScanLosses } from './scan-losses.js';
import styles from './scan.module.css';
import { Failure } from '../../../domain/failure.js';
import { t } from '../words.js';

/** The result of a scan that has ended. */
export function ScanPanels({ runId }: { runId: string }): JSX.Element | null {
  const { data, error, refetch } = useQuery(ScanQuery, { variables: { id: runId } });
  const platforms = useQuery(ScanPlatformsQuery).data?.platforms ?? [];
  if (!data?.run) {
    return (
      <Panel title={t('whatIsThere')} isFlush>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingResult')} />}
      </Panel>
    );
  }
  const { scan } = data.run;
  const [first, ...others] = platforms;
  if (!scan) return null;
  const nameOf = (key: string) => platforms.find((one) => one.key === key)?.displayName ?? key;
  return (
    <>
      <Overview scan={scan} />
      <div className={styles.grid}>
        <ScanBars title={t('extensions')} head={t('extension')} buckets={scan.extensions} of="byteCount" />
        <ScanBars title={t('depths')} head={t('foldersDeep')} buckets={scan.depths} of="fileCount" />
        <ScanBars title={t('sizes')} head={t('size')} buckets={scan.sizeClasses} of="fileCount" />
        <ScanBars title={t('lastChanges')} head={t('changed')} buckets={scan.ageClasses} of="fileCount" />
        <NameProblems scan={scan} nameOf={nameOf} />
        <Duplicates scan={scan} />
        {first && <ScanLosses runId={runId} platforms={[first, ...others]} />}
        <LongestPaths paths={scan.longestPaths} />
      </div>
    </>
  );
}

function Overview({ scan }: { scan: Scan }): JSX.Element {
  const { fileCount, folderCount, emptyFolderCount, byteCount, duplicateByteCount, duplicateGroupCount } = scan;
  const mean = fileCount === 0 ? 0 : Math.round(byteCount / fileCount);
  return (
    <Panel title={t('whatIsThere')}>
      <div className={uiStyles.stack} style={{ gap: 18 }}>
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
              note: scan.isCompared ? t('tooManyIn', { count: duplicateGroupCount }) : t('notCompared'),
            },
          ]}
        />
      </div>
    </Panel>
  );
}

function LongestPaths({ paths }: { paths: readonly string[] }): JSX.Element {
  return (
    <Panel title={t('longestPaths')} isFlush>
      <ul className={styles.findings}>
        {paths.slice(0, 10).map((path) => (
          <li key={path}>
            <span className={uiStyles.path} style={{ overflowWrap: 'anywhere' }}>
              {path}
            </span>
            <span className={styles.figure}>{formatCount(path.length - 1)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
