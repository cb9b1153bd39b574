import { useQuery } from '@apollo/client/react';
import { useEffect, type JSX } from 'react';
import { stateOf } from '../../domain/run/run-tags.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { useNow } from '../../ui/clock.js';
import { formatMoment, formatSpan } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { StatusIcon, toneClass } from '../../ui/tag.js';
import { StagesQuery } from './data.js';
import { useRunView } from './run-view.js';
import styles from './runs.module.css';
import { stagesOf, type Stage } from './stages.js';
import { t } from './words.js';

/** The stages that the run went through, how long each took, and the one that it is in. */
export function StageLine(): JSX.Element | null {
  const { run } = useRunView();
  const { data, refetch } = useQuery(StagesQuery, { variables: { id: run.id }, fetchPolicy: 'cache-and-network' });
  useEffect(() => void refetch(), [run.state, refetch]);
  const now = useNow();
  const stages = stagesOf(data?.run?.events ?? []);
  if (stages.length === 0) return null;
  return (
    <ol className={styles.stages} aria-label={t('stages')}>
      {stages.map((stage) => (
        <li key={stage.from} aria-current={stage.to === null ? 'step' : undefined}>
          <StageName stage={stage} now={now} />
        </li>
      ))}
    </ol>
  );
}

function StageName({ stage: { state, from, to }, now }: { stage: Stage; now: number }): JSX.Element {
  const { label, tone } = stateOf(state);
  const isPast = to !== null;
  const instant = new Date(from).toISOString();
  return (
    <>
      <span className={`${styles.stageMark ?? ''} ${toneClass(isPast ? 'idle' : tone)}`}>
        <StatusIcon tone={isPast ? 'ok' : tone} size={16} />
      </span>
      <span className={isPast ? undefined : styles.stageNow}>{label}</span>
      <span className={styles.stageSpan}>
        <Moment instant={instant}>{hasEnded(state) ? formatMoment(instant) : formatSpan((to ?? now) - from)}</Moment>
      </span>
    </>
  );
}
