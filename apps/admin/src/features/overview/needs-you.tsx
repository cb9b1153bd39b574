import type { JSX, ReactNode } from 'react';
import { useAttention } from '../../domain/attention/attention-data.js';
import { groupsOf, isPartial } from '../../domain/attention/groups.js';
import { ConnectionTag } from '../../domain/connection/connection-tags.js';
import { reasonWord, RunTag } from '../../domain/run/run-tags.js';
import { NameLink, TextLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading, Problems } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import type { ActiveRun, OverviewData } from './data.js';
import { t } from './words.js';

/** What waits for a person: plans to approve, connections that do not work, and flagged items by their reason. */
export function NeedsYou({ data }: { data: OverviewData }): JSX.Element {
  const { flagged, failure } = useAttention();
  const runs = (data.active?.nodes ?? []).filter(({ state }) => state === 'AWAITING_APPROVAL');
  const connections = data.ailing?.nodes ?? [];
  const groups = groupsOf(flagged ?? []);
  const isAtLeast = isPartial(flagged ?? []);
  const isNothing = runs.length + connections.length + groups.length === 0;
  return (
    <Panel title={t('needsYou')} isFlush aside={<TextLink to="/attention">{t('allFlagged')}</TextLink>}>
      <ul className={styles.list}>
        {runs.map((run) => (
          <Approval key={run.id} run={run} />
        ))}
        {connections.map(({ id, name, health }) => (
          <Need
            key={id}
            name={
              <NameLink to="/connections/$connectionId" params={{ connectionId: id }}>
                {name}
              </NameLink>
            }
            tag={<ConnectionTag status={health.status} />}
            why={health.message}
          />
        ))}
        {groups.map(({ reason, count, jobs }) => (
          <Need
            key={reason}
            name={<NameLink to="/attention">{reasonWord(reason)}</NameLink>}
            tag={<StatusTag tone="bad" label={t(isAtLeast ? 'flaggedAtLeast' : 'flagged', { count })} />}
            why={jobs.map(({ job }) => job.name).join(', ')}
          />
        ))}
      </ul>
      {failure !== null && <Problems messages={[failure]} />}
      {flagged === null && failure === null && <Loading label={t('loading')} rows={2} />}
      {flagged !== null && isNothing && <Blank title={t('noNeed')}>{t('noNeedText')}</Blank>}
    </Panel>
  );
}

function Approval({ run: { id, plan, job, number, state, stateReason } }: { run: ActiveRun }): JSX.Element {
  const text = t('runName', { job: job.name, number });
  const name = plan ? (
    <NameLink to="/plans/$planId" params={{ planId: plan.id }}>
      {text}
    </NameLink>
  ) : (
    <NameLink to="/runs/$runId" params={{ runId: id }}>
      {text}
    </NameLink>
  );
  return <Need name={name} tag={<RunTag state={state} />} why={stateReason?.message} />;
}

function Need({ name, tag, why }: { name: ReactNode; tag: ReactNode; why: ReactNode }): JSX.Element {
  return (
    <li>
      <div className={`${styles.row ?? ''} ${styles.between ?? ''}`}>
        {name}
        {tag}
      </div>
      <span className={styles.sub}>{why}</span>
    </li>
  );
}
