import { useQuery } from '@apollo/client/react';
import { useEffect, type JSX } from 'react';
import { outcomeOf, reasonWord, revisionWord } from '../../domain/run/run-tags.js';
import { Bars } from '../../ui/bars.js';
import { formatBytes } from '../../ui/format.js';
import { TextLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import type { Tone } from '../../ui/tag.js';
import uiStyles from '../../ui/ui.module.css';
import type { Asked } from './asked.js';
import { ReasonsQuery } from './data.js';
import { useRunView } from './run-view.js';
import { t } from './words.js';

/** What became of the items, why some are flagged and why the names of some were adapted; each bar leads to its items. */
export function Outcomes(): JSX.Element | null {
  const { run, statistics } = useRunView();
  const counted = statistics.outcomes.filter(({ itemCount }) => itemCount > 0);
  const params = { runId: run.id };
  if (counted.length === 0) return null;
  const bars = counted.map(({ outcome, itemCount, byteCount }) => {
    const { label, tone } = outcomeOf(outcome);
    const name =
      outcome === 'UNCHANGED' ? (
        label
      ) : (
        <TextLink to="/runs/$runId" params={params} search={{ tab: 'items', outcome }}>
          {label}
        </TextLink>
      );
    return { key: outcome, name, count: itemCount, tone, ...(byteCount > 0 ? { note: formatBytes(byteCount) } : {}) };
  });
  return (
    <div className={uiStyles.columns}>
      <Panel title={t('outcomes')}>
        <Bars label={t('outcomes')} bars={bars} />
      </Panel>
      <Reasons />
    </div>
  );
}

/** Counts by reason of what is flagged and of what got another name, read again when the run enters a stage. */
function useReasons() {
  const { run, statistics, flagged, revision } = useRunView();
  const isAsked = flagged > 0 || statistics.itemsRevised > 0;
  const { data, refetch } = useQuery(ReasonsQuery, {
    variables: { id: run.id },
    skip: !isAsked,
    fetchPolicy: 'cache-and-network',
  });
  useEffect(() => {
    if (isAsked) void refetch();
  }, [isAsked, revision, refetch]);
  return { flagged: data?.run?.flagged ?? [], revised: data?.run?.nameRevisions ?? [] };
}

function Reasons(): JSX.Element {
  const { flagged, revised } = useReasons();
  const flaggedBars = flagged.map(({ reason, itemCount }) => ({
    ...{ key: reason, count: itemCount, label: reasonWord(reason) },
    leadsTo: { tab: 'flagged', reason } as const,
  }));
  const revisedBars = revised.map(({ revision, itemCount }) => ({
    ...{ key: revision, count: itemCount, label: revisionWord(revision) },
    leadsTo: { tab: 'items', revision } as const,
  }));
  return (
    <>
      <ReasonPanel title={t('flaggedByReason')} tone="bad" reasons={flaggedBars} />
      <ReasonPanel title={t('revisedByReason')} tone="warn" reasons={revisedBars} />
    </>
  );
}

interface Counted {
  key: string;
  count: number;
  label: string;
  /** Which items a bar leads to. */
  leadsTo: Asked;
}

function ReasonPanel({
  title,
  tone,
  reasons,
}: {
  title: string;
  tone: Tone;
  reasons: readonly Counted[];
}): JSX.Element | null {
  const { run } = useRunView();
  if (reasons.length === 0) return null;
  const bars = reasons.map(({ key, count, label, leadsTo }) => ({
    ...{ key, count, tone },
    name: (
      <TextLink to="/runs/$runId" params={{ runId: run.id }} search={leadsTo}>
        {label}
      </TextLink>
    ),
  }));
  return (
    <Panel title={title}>
      <Bars label={title} bars={bars} />
    </Panel>
  );
}
