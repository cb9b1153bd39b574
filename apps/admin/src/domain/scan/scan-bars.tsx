import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { formatBytes, formatCount } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import type { Bucket } from './scan-data.js';
import styles from './scan.module.css';
import { t } from './words.js';

const SHOWN_ROWS = 8;

/** Classes of files with a bar for each: of their bytes, or of their number where that tells more. */
export function ScanBars({
  title,
  head,
  buckets,
  of,
}: {
  title: string;
  head: string;
  buckets: readonly Bucket[];
  of: 'byteCount' | 'fileCount';
}): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const most = Math.max(...buckets.map((bucket) => bucket[of]), 1);
  const shown = isWhole ? buckets : buckets.slice(0, SHOWN_ROWS);
  const rest = buckets.length - shown.length;
  return (
    <Panel title={title}>
      <table className={styles.bars}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <td />
            <th scope="col">{t('files')}</th>
            <th scope="col">{t('data')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((bucket) => (
            <tr key={bucket.label} className={bucket.fileCount === 0 ? styles.empty : undefined}>
              <th scope="row" title={bucket.label}>
                {bucket.label}
              </th>
              <td className={styles.barCell} aria-hidden>
                <span
                  className={`${styles.bar ?? ''} ${bucket[of] === 0 ? (styles.none ?? '') : ''}`}
                  style={{ width: `${(bucket[of] / most) * 100}%` }}
                />
              </td>
              <td>{formatCount(bucket.fileCount)}</td>
              <td>{formatBytes(bucket.byteCount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <Button variant="subtle" size="xs" mt="sm" onClick={() => setWhole(true)}>
          {t('showMore', { count: rest })}
        </Button>
      )}
    </Panel>
  );
}
