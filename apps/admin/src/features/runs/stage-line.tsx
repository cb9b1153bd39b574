import { useQuery } from '@apollo/client/react';
import { useEffect, type JSX } from 'react';
import { stateOf } from '../../domain/run/run-tags.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { useNow } from '../../ui/clock.js';
import { formatMoment, formatSpan } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { StateLadder, type LadderState } from '../../ui/state-ladder.js';
import { StagesQuery } from './data.js';
import { useRunView } from './run-view.js';
import { stagesOf, type Stage } from './stages.js';
import { t } from './words.js';

/** The stages that the run went through, how long each took, and the one that it is in. */
export function StageLine(): JSX.Element | null {
  const { run } = useRunView();
  const { data, refetch } = useQuery(StagesQuery, { variables: { id: run.id }, fetchPolicy: 'cache-and-network' });
  useEffect(() => void refetch(), [run.state, refetch]);
  const now = useNow();
  const states = stagesOf(data?.run?.events ?? []).map((stage) => ladderState(stage, now));
  return <StateLadder label={t('stages')} states={states} />;
}

/** How long the stage took or takes; when the run ended. */
function ladderState({ state, from, to }: Stage, now: number): LadderState {
  const { label, tone } = stateOf(state);
  const instant = new Date(from).toISOString();
  const words = hasEnded(state) ? formatMoment(instant) : formatSpan((to ?? now) - from);
  return { key: from, name: label, tone, isPast: to !== null, note: <Moment instant={instant}>{words}</Moment> };
}
