/*
 * The room of what waits for a person: flagged items of all jobs by reason, with what can be done about each.
 */
import type { JSX } from 'react';
import { useAttention } from '../../domain/attention/attention-data.js';
import { groupsOf, isPartial, type FlaggedCount } from '../../domain/attention/groups.js';
import { Failure } from '../../domain/failure.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading, Notice } from '../../ui/states.js';
import { ReasonPanel } from './reason-panel.js';
import { t } from './words.js';

export function AttentionPage(): JSX.Element {
  const { flagged, failure, refresh } = useAttention();
  return (
    <Page title={t('title')} lead={t('lead')}>
      {failure !== null && <Failure error={failure} onRetry={refresh} />}
      {flagged === null && failure === null && (
        <Panel title={t('loading')} isFlush>
          <Loading label={t('loading')} rows={6} />
        </Panel>
      )}
      {flagged && <Content flagged={flagged} onChanged={refresh} />}
    </Page>
  );
}

function Content({ flagged, onChanged }: { flagged: readonly FlaggedCount[]; onChanged: () => void }): JSX.Element {
  const groups = groupsOf(flagged);
  return (
    <>
      {isPartial(flagged) && <Notice tone="warn">{t('partial')}</Notice>}
      {groups.map((group) => (
        <ReasonPanel key={group.reason} group={group} onChanged={onChanged} />
      ))}
      {groups.length === 0 && (
        <Panel title={t('none')} isFlush>
          <Blank title={t('none')}>{t('noneText')}</Blank>
        </Panel>
      )}
    </>
  );
}
