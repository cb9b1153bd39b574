import type { JSX, ReactNode } from 'react';
import styles from '../../ui/ui.module.css';
import { SeverityTag } from './job-tags.js';
import type { IssueData } from './job-data.js';
import { t } from '../words.js';

export function IssueList({
  issues,
  label,
  linkOf,
}: {
  issues: readonly IssueData[];
  label: string;
  /** A link to where a finding can be settled, null where there is none. */
  linkOf?: (issue: IssueData) => ReactNode;
}): JSX.Element {
  return (
    <ul className={styles.list} aria-label={label}>
      {issues.map((issue, index) => (
        <li key={`${issue.code} ${index}`}>
          <div className={styles.issue}>
            <span>
              <SeverityTag severity={issue.severity} />
            </span>
            <span className={styles.narrowing}>
              {issue.message}
              {linkOf && <> {linkOf(issue)}</>}
              {issue.itemCount !== null && <span className={styles.sub}>{t('items', { count: issue.itemCount })}</span>}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
