import type { JSX } from 'react';
import type { IssueData } from '../../domain/job/job-data.js';
import { TextLink } from '../../ui/links.js';
import styles from '../../ui/ui.module.css';
import { t } from './words.js';

/** Where both sides stand beside each other, for a finding about what one of them cannot hold; nothing for another one. */
export function ComparisonLink({
  issue,
  from,
  to,
}: {
  issue: IssueData;
  from: string;
  to: string;
}): JSX.Element | null {
  if (!isOfPlatforms(issue) || from === '' || to === '') return null;
  return (
    <TextLink to="/comparison" search={{ from, to }} className={styles.small}>
      {t('compareSides')}
    </TextLink>
  );
}

/** Whether a finding comes from what the platforms can do and how much they take. */
export const isOfPlatforms = ({ capability, limit }: Pick<IssueData, 'capability' | 'limit'>): boolean =>
  capability !== null || limit !== null;
