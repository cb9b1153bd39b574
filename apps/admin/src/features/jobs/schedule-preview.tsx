import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import type { JSX } from 'react';
import { graphql, type VariablesOf } from '@sluice/client/graphql';
import { failureSentence } from '../../graphql/problems.js';
import { formatStart } from '../../ui/format.js';
import styles from '../../ui/ui.module.css';
import { checkSchedule, scheduleInput, type ScheduleValues } from './schedule-values.js';
import { t } from './words.js';

const PreviewQuery = graphql(`
  query SchedulePreview($schedule: ScheduleInput!) {
    schedulePreview(schedule: $schedule, count: 5)
  }
`);

type Input = VariablesOf<typeof PreviewQuery>['schedule'];

/** The coming starts of a schedule that is being written, or what is wrong with it. */
export function SchedulePreview({ value }: { value: ScheduleValues }): JSX.Element | null {
  const isReadable = Object.keys(checkSchedule(value)).length === 0;
  const [asked] = useDebouncedValue(JSON.stringify(isReadable ? scheduleInput(value) : null), 400);
  const variables = { schedule: JSON.parse(asked) as Input };
  const { data, error } = useQuery(PreviewQuery, { variables, skip: asked === 'null', fetchPolicy: 'no-cache' });
  if (asked === 'null') return null;
  if (error) {
    return (
      <p role="alert" className={styles.wrong}>
        {plainSentence(error)}
      </p>
    );
  }
  const starts = data?.schedulePreview ?? [];
  const sentence = starts.length === 0 ? t('nothingStarts') : t('nextStarts');
  return (
    <div role="status" aria-label={t('nextStarts')} className={`${styles.stack ?? ''} ${styles.nextStarts ?? ''}`}>
      {data && <span className={styles.dim}>{sentence}</span>}
      {starts.map((start) => (
        <span key={start}>{formatStart(start, value.timeZone)}</span>
      ))}
      {value.kind === 'INTERVAL' && starts.length > 0 && <span className={styles.dim}>{t('timeOnTop')}</span>}
    </div>
  );
}

/** What the server says of the schedule, without the name of the field that the form shows anyway. */
const plainSentence = (error: unknown): string =>
  CombinedGraphQLErrors.is(error) ? failureSentence(error).replace(/^[\w.]+ is wrong: /, '') : failureSentence(error);
