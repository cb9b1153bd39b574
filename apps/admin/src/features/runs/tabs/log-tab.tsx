import { NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, type JSX } from 'react';
import { stateOf } from '../../../domain/run/run-tags.js';
import { listState } from '../../../domain/list-state.js';
import { client } from '../../../graphql/client.js';
import { ListError, usePages, type Page } from '../../../graphql/pages.js';
import type { DataColumn } from '../../../ui/data-column.js';
import { DataTable } from '../../../ui/data-table.js';
import { formatSecond } from '../../../ui/format.js';
import { Moment } from '../../../ui/moment.js';
import { Panel } from '../../../ui/page.js';
import { Blank } from '../../../ui/states.js';
import { StatusTag } from '../../../ui/tag.js';
import uiStyles from '../../../ui/ui.module.css';
import { LOG_KINDS, type LogKind } from '../asked.js';
import { RunEventsQuery, type RunEvent } from '../data.js';
import { PAGE_EVENTS } from '../history.js';
import { RunLog } from '../run-log.js';
import { useRunView } from '../run-view.js';
import { t } from '../words.js';

const route = getRouteApi('/shell/runs/$runId');

/** Everything that happened in the run, from its beginning; while it goes on, the latest lines above it. */
export function LogTab(): JSX.Element {
  const { run, progress, isOver } = useRunView();
  const { kind } = route.useSearch();
  const events = usePages(`${run.id} ${kind ?? ''} ${run.state}`, (after) => readEvents(run.id, kind, after));
  const columns = useMemo(columnsOf, []);
  return (
    <>
      {!isOver && <RunLog log={progress.log} />}
      <Panel title={t('wholeLog')} isFlush aside={<KindFilter kind={kind} />}>
        <DataTable
          label={t('wholeLog')}
          columns={columns}
          rows={events.nodes}
          keyOf={({ cursor }) => cursor}
          list={listState(events)}
          blank={<Blank title={t('noLines')}>{t('noLinesWhy')}</Blank>}
        />
      </Panel>
    </>
  );
}

function KindFilter({ kind }: { kind: LogKind | undefined }): JSX.Element {
  const navigate = route.useNavigate();
  const choices = [
    { value: '', label: t('allEvents') },
    ...LOG_KINDS.map((value) => ({ value, label: t(`eventKind.${value}`) })),
  ];
  return (
    <NativeSelect
      size="xs"
      aria-label={t('showByKind')}
      data={choices}
      value={kind ?? ''}
      onChange={({ currentTarget }) =>
        void navigate({
          search: { tab: 'log', kind: LOG_KINDS.find((one) => one === currentTarget.value) },
          replace: true,
        })
      }
    />
  );
}

async function readEvents(id: string, kind: LogKind | undefined, after: string | null): Promise<Page<RunEvent>> {
  const { data } = await client.query({
    query: RunEventsQuery,
    variables: { id, after, kinds: kind ? [kind] : null },
    fetchPolicy: 'no-cache',
  });
  if (!data?.run) throw new ListError(t('logNotRead'));
  const { events } = data.run;
  const pageInfo = { hasNextPage: events.length === PAGE_EVENTS, endCursor: events.at(-1)?.cursor ?? null };
  return { nodes: events, pageInfo };
}

const columnsOf = (): DataColumn<RunEvent>[] => [
  {
    id: 'time',
    head: t('time'),
    width: '100px',
    cell: ({ occurredAt }) => <Moment instant={occurredAt}>{formatSecond(occurredAt)}</Moment>,
  },
  { id: 'what', head: t('whatHappened'), width: 'minmax(240px, 1fr)', cell: (event) => <What event={event} /> },
];

const TONES = { ERROR: 'bad', WARNING: 'warn', INFO: null } as const;

function What({ event: { state, item, message, severity } }: { event: RunEvent }): JSX.Element {
  if (state) return <StatusTag {...stateOf(state)} />;
  const tone = TONES[severity ?? 'INFO'];
  return (
    <>
      {tone && <StatusTag tone={tone} label={t(tone === 'bad' ? 'error' : 'warning')} />}
      {item && <span className={uiStyles.path}>{item.sourcePath ?? item.destinationPath ?? '/'}</span>}
      <span className={item ? uiStyles.sub : undefined}> {message || item?.message}</span>
    </>
  );
}
