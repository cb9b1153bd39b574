import type { JSX, ReactNode } from 'react';
import { countOf, formatBytes, formatCount, known, wordOf } from '../../../ui/format.js';
import { Panel } from '../../../ui/page.js';
import { Blank } from '../../../ui/states.js';
import uiStyles from '../../../ui/ui.module.css';
import type { Scan } from './scan-data.js';
import styles from './scan.module.css';

const LIMIT_WORDS: Record<Scan['nameProblems'][number]['limit'], string> = {
  CASE_SENSITIVITY: 'Names that differ by letter case only',
  FORBIDDEN_CHARACTERS: 'Refused characters in the name',
  MAX_FILE_BYTES: 'File too large',
  MAX_PATH_LENGTH: 'Path too long',
  MAX_SEGMENT_LENGTH: 'Name too long',
  RESERVED_NAMES: 'Name that the platform keeps for itself',
  RESTRICTED_TYPES: 'Refused type of file',
  WHITESPACE: 'White space or dots at the ends of the name',
};

/** What other platforms could not hold as it is. */
export function NameProblems({ scan, nameOf }: { scan: Scan; nameOf: (platform: string) => string }): JSX.Element {
  return (
    <Panel title="Names that other platforms cannot hold" isFlush>
      {scan.nameProblems.length === 0 ? (
        <Blank title="Every name fits">The other platforms can hold everything here under its own name.</Blank>
      ) : (
        <ul className={styles.findings}>
          {scan.nameProblems.map(({ platform, limit, itemCount, examples }) => (
            <Finding
              key={`${platform} ${limit}`}
              title={known(LIMIT_WORDS, limit) ?? wordOf(limit)}
              note={nameOf(platform)}
              figure={countOf(itemCount, 'item')}
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
    <Panel title="Files of equal content" isFlush>
      {duplicates.length === 0 ? (
        <Blank title={isCompared ? 'No two files are equal' : 'Contents were not compared'}>
          {isCompared
            ? 'Files of equal size were read and differ.'
            : 'The job does not read files here; its policies say whether it may.'}
        </Blank>
      ) : (
        <ul className={styles.findings} aria-label="Groups of equal files">
          {duplicates.map(({ sha256, byteSize, fileCount, paths }) => (
            <Finding
              key={`${sha256} ${byteSize}`}
              title={`${formatCount(fileCount)} files of ${formatBytes(byteSize)}`}
              figure={`${formatBytes(byteSize * (fileCount - 1))} too many`}
              paths={paths}
              more={fileCount - paths.length}
            />
          ))}
          {others > 0 && (
            <li className={uiStyles.dim}>
              <span>{countOf(others, 'more group')}</span>
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
        {more > 0 && <li>and {formatCount(more)} more</li>}
      </ul>
    </li>
  );
}
