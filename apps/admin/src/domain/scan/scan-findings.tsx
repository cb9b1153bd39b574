import type { JSX, ReactNode } from 'react';
import { formatBytes, wordOf } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import uiStyles from '../../ui/ui.module.css';
import type { Scan } from './scan-data.js';
import styles from './scan.module.css';
import { t } from './words.js';

/** What other platforms could not hold as it is. */
export function NameProblems({ scan, nameOf }: { scan: Scan; nameOf: (platform: string) => string }): JSX.Element {
  return (
    <Panel title={t('namesTitle')} isFlush>
      {scan.nameProblems.length === 0 ? (
        <Blank title={t('everyNameFits')}>{t('everyNameFitsWhy')}</Blank>
      ) : (
        <ul className={styles.findings}>
          {scan.nameProblems.map(({ platform, limit, itemCount, examples }) => (
            <Finding
              key={`${platform} ${limit}`}
              title={t.known('limit', limit) ?? wordOf(limit)}
              note={nameOf(platform)}
              figure={t('itemCount', { count: itemCount })}
              paths={examples}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Files of equal content, those that waste the most first. */
export function Duplicates({ scan }: { scan: Scan }): JSX.Element {
  const { duplicates, duplicateGroupCount, isCompared } = scan;
  const others = duplicateGroupCount - duplicates.length;
  return (
    <Panel title={t('equalTitle')} isFlush>
      {duplicates.length === 0 ? (
        <Blank title={isCompared ? t('noTwoEqual') : t('contentsNotCompared')}>
          {isCompared ? t('readAndDiffer') : t('doesNotRead')}
        </Blank>
      ) : (
        <ul className={styles.findings} aria-label={t('groupsLabel')}>
          {duplicates.map(({ sha256, byteSize, fileCount, paths }) => (
            <Finding
              key={`${sha256} ${byteSize}`}
              title={t('filesOf', { count: fileCount, size: formatBytes(byteSize) })}
              figure={t('tooMany', { size: formatBytes(byteSize * (fileCount - 1)) })}
              paths={paths}
              more={fileCount - paths.length}
            />
          ))}
          {others > 0 && (
            <li className={uiStyles.dim}>
              <span>{t('moreGroups', { count: others })}</span>
            </li>
          )}
        </ul>
      )}
    </Panel>
  );
}

function Finding({
  title,
  note,
  figure,
  paths,
  more = 0,
}: {
  title: string;
  note?: ReactNode;
  figure: string;
  paths: readonly string[];
  more?: number;
}): JSX.Element {
  return (
    <li>
      <span>
        {title}
        {note && <span className={uiStyles.sub}>{note}</span>}
      </span>
      <span className={styles.figure}>{figure}</span>
      <ul className={styles.paths}>
        {paths.map((path) => (
          <li key={path}>{path}</li>
        ))}
        {more > 0 && <li>{t('andMore', { count: more })}</li>}
      </ul>
    </li>
  );
}
