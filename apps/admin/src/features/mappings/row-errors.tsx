import type { JSX } from 'react';
import { formatCount } from '../../ui/format.js';
import { Notice } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { t } from './words.js';

export interface RowError {
  line: number;
  column: string | null;
  message: string;
}
/** So many faulty rows an answer tells. */
const MOST = 200;

/** The faulty rows of a file, by their number in it. */
export function RowErrors({ errors }: { errors: readonly RowError[] }): JSX.Element {
  return (
    <>
      <Notice tone="bad" role="alert">
        {errors.length < MOST ? t('rowErrors') : t('firstRowErrors')}
      </Notice>
      <table className={`${styles.table ?? ''} ${styles.cards ?? ''}`} aria-label={t('wrong')}>
        <thead>
          <tr>
            <th scope="col">{t('line')}</th>
            <th scope="col">{t('column')}</th>
            <th scope="col">{t('wrong')}</th>
          </tr>
        </thead>
        <tbody>
          {errors.map(({ line, column, message }, index) => (
            <tr key={index}>
              <td data-label={t('line')}>{formatCount(line)}</td>
              <td data-label={t('column')}>{column ?? t('wholeRow')}</td>
              <td data-label={t('wrong')}>{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
