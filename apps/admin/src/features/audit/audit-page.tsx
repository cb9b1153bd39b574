/*
 * The room of the audit log: who did what, with filters in the address, the whole of one event in a drawer, and its export.
 */
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import { listState } from '../../domain/list-state.js';
import { ReportButton } from '../../domain/report-button.js';
import { useCan } from '../../domain/session.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { wordOf } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { ListPage } from '../../ui/list-page.js';
import { Moment } from '../../ui/moment.js';
import { Blank } from '../../ui/states.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { Arrived } from './arrived.js';
import { AuditFilters } from './audit-filters.js';
import { useAuditEvents, type AuditEvent } from './data.js';
import { filterOf, type Asked } from './filter.js';
import { spanOf } from '../../routing/search.js';
import { TargetLink } from './target-link.js';
import { t } from './words.js';

const EventDrawer = lazily(async () => (await import('./event-drawer.js')).EventDrawer);

const route = getRouteApi('/shell/audit');

export function AuditPage(): JSX.Element {
  const asked: Asked = route.useSearch();
  const navigate = route.useNavigate();
  const events = useAuditEvents(filterOf(asked));
  const [opened, setOpened] = useState<AuditEvent | null>(null);
  const canExport = useCan('REPORTS_READ');
  const columns = useMemo(() => columnsOf(setOpened), []);
  const change = (part: Partial<Asked>) => void navigate({ search: { ...asked, ...part }, replace: true });
  const isAsked = Object.values(asked).some((value) => value !== undefined);
  return (
    <ListPage
      title={t('title')}
      lead={t('lead')}
      count={t('events')}
      action={
        canExport && (
          <ReportButton
            label={t('exportCsv')}
            input={{ kind: 'AUDIT_LOG', subject: { auditLog: spanOf(asked) }, format: 'CSV', timeZone: timeZone() }}
          />
        )
      }
      filters={<AuditFilters asked={asked} onChange={change} />}
    >
      <Arrived count={events.waitingCount} onShow={events.show} />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={events.nodes}
        keyOf={({ id }) => id}
        list={listState(events)}
        blank={<NoEvents isAsked={isAsked} onClear={() => void navigate({ search: {} })} />}
      />
      {opened && <EventDrawer event={opened} onClose={() => setOpened(null)} />}
    </ListPage>
  );
}

const timeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

function NoEvents({ isAsked, onClear }: { isAsked: boolean; onClear: () => void }): JSX.Element {
  if (!isAsked) return <Blank title={t('none')}>{t('noneText')}</Blank>;
  return (
    <Blank
      title={t('noneFound')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('clear')}
        </Button>
      }
    >
      {t('noneFoundText')}
    </Blank>
  );
}

const TONES: Record<AuditEvent['outcome'], Tone> = { SUCCEEDED: 'ok', DENIED: 'warn', FAILED: 'bad' };

/** What was done, and to what. */
function Action({ event }: { event: AuditEvent }): JSX.Element {
  return (
    <>
      <span className={styles.strong}>{t.known('action', event.action) ?? wordOf(event.action)}</span>
      <span className={styles.sub}>
        <TargetLink event={event} />
      </span>
    </>
  );
}

function DetailsButton({ event, onOpen }: { event: AuditEvent; onOpen: (event: AuditEvent) => void }): JSX.Element {
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => onOpen(event)}
      aria-label={t('detailsOf', { number: event.sequence })}
    >
      {t('details')}
    </Button>
  );
}

function columnsOf(onOpen: (event: AuditEvent) => void): DataColumn<AuditEvent>[] {
  return [
    {
      id: 'what',
      head: t('what'),
      width: 'minmax(190px, 1.8fr)',
      cell: (event) => <Action event={event} />,
    },
    {
      id: 'who',
      head: t('who'),
      width: 'minmax(110px, 1fr)',
      cell: (event) => event.actor?.displayName ?? t('product'),
    },
    {
      id: 'when',
      head: t('when'),
      width: 'minmax(104px, 0.7fr)',
      cell: ({ occurredAt }) => <Moment instant={occurredAt} />,
    },
    {
      id: 'outcome',
      head: t('outcomeName'),
      width: 'minmax(116px, 0.7fr)',
      cell: ({ outcome }) => <StatusTag tone={TONES[outcome]} label={t.known('outcome', outcome) ?? wordOf(outcome)} />,
    },
    {
      id: 'details',
      head: t('details'),
      width: '96px',
      cell: (event) => <DetailsButton event={event} onOpen={onOpen} />,
    },
  ];
}
