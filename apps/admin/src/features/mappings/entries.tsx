import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { listState } from '../../domain/list-state.js';
import { useCan } from '../../domain/session.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { lazily } from '../../ui/lazily.js';
import { Panel } from '../../ui/page.js';
import { useSettledText } from '../../ui/settled-text.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { useEntries, type Entry, type SetPage } from './data.js';
import { useEntryRemoval } from './removal.js';
import { t } from './words.js';

const RowMenu = lazily(async () => (await import('./row-menu.js')).RowMenu);
const EntryDialog = lazily(async () => (await import('./entry-dialog.js')).EntryDialog);

const route = getRouteApi('/shell/mappings/$mappingSetId');
const REST_MS = 250;

type Asked = { what: 'add' } | { what: 'change'; entry: Entry };

export function Entries({ page }: { page: SetPage }): JSX.Element {
  const { search = '' } = route.useSearch();
  const entries = useEntries(page.set, search);
  const [asked, setAsked] = useState<Asked | null>(null);
  const mayWrite = useCan('MAPPINGS_WRITE');
  const remove = useEntryRemoval(page);
  const change = (entry: Entry) => setAsked({ what: 'change', entry });
  const close = () => setAsked(null);
  const head = entries.total === null ? t('entries') : t('entryCount', { count: entries.total });
  return (
    <Panel
      title={head}
      isFlush
      aside={
        <>
          <EntrySearch search={search} />
          {mayWrite && (
            <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: 'add' })}>
              {t('addEntry')}
            </Button>
          )}
        </>
      }
    >
      <DataTable
        label={t('entries')}
        columns={columnsOf(mayWrite ? { change, remove } : null)}
        rows={entries.nodes}
        keyOf={({ id }) => id}
        list={listState(entries)}
        blank={<NoEntries isSearch={search !== ''} />}
      />
      {asked?.what === 'add' && <EntryDialog page={page} entry={null} onClose={close} />}
      {asked?.what === 'change' && <EntryDialog page={page} entry={asked.entry} onClose={close} />}
    </Panel>
  );
}

function EntrySearch({ search }: { search: string }): JSX.Element {
  const navigate = route.useNavigate();
  const ask = (part: string) => void navigate({ search: { search: part || undefined }, replace: true });
  const { text, setText } = useSettledText(search, ask, REST_MS);
  return (
    <TextInput
      size="xs"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

const NoEntries = ({ isSearch }: { isSearch: boolean }): JSX.Element =>
  isSearch ? (
    <Blank title={t('noMatch')}>{t('noMatchText')}</Blank>
  ) : (
    <Blank title={t('noEntries')}>{t('noEntriesText')}</Blank>
  );

function columnsOf(actions: Record<'change' | 'remove', (entry: Entry) => void> | null): DataColumn<Entry>[] {
  const names: DataColumn<Entry>[] = [
    {
      id: 'source',
      head: t('sourceKey'),
      width: 'minmax(180px, 1fr)',
      cell: ({ sourceKey }) => <span className={styles.strong}>{sourceKey}</span>,
    },
    {
      id: 'destination',
      head: t('destinationKey'),
      width: 'minmax(180px, 1fr)',
      cell: ({ destinationKey }) => destinationKey,
    },
  ];
  if (actions === null) return names;
  const menu = (entry: Entry) => (
    <RowMenu name={entry.sourceKey} onChange={() => actions.change(entry)} onRemove={() => actions.remove(entry)} />
  );
  return [...names, { id: 'actions', head: t('actions'), width: '64px', cell: menu }];
}
