import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFile, IconFolder, IconRefresh, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type JSX } from 'react';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { ListError, usePages, type Page } from '../../graphql/pages.js';
import { formatBytes } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { Clipped, VirtualTable, type Column } from '../../ui/virtual-table.js';
import { ItemDrawer } from '../../domain/item/item-drawer.js';
import { type RunPageData } from './data.js';
import { ALL_OUTCOMES, OutcomeTag, outcomeOf } from '../../domain/run/run-tags.js';
import { Failure } from '../../domain/failure.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { ItemFields, type ItemData } from '../../domain/item/item-data.js';
import { t } from './words.js';

const ItemsQuery = graphql(
  `
    query RunItems($id: ID!, $filter: RunItemFilter, $after: String) {
      run(id: $id) {
        id
        items(first: 100, filter: $filter, after: $after) {
          totalCount
          nodes {
            ...ItemFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [ItemFields],
);

type Outcome = ItemData['outcome'];
const PAGE_ROWS = 100;
const REFRESH_MS = 3000;
const choices = () => [
  { value: '', label: t('allOutcomes') },
  ...ALL_OUTCOMES.filter((outcome) => outcome !== 'UNCHANGED').map((value) => ({
    value,
    label: outcomeOf(value).label,
  })),
];

async function readItems(runId: string, outcome: string, path: string, after: string | null): Promise<Page<ItemData>> {
  const filter = {
    ...(outcome === '' ? {} : { outcomes: [outcome as Outcome] }),
    ...(path === '' ? {} : { pathContains: path }),
  };
  const { data } = await client.query({
    query: ItemsQuery,
    variables: { id: runId, filter, after },
    fetchPolicy: 'no-cache',
  });
  if (!data?.run) throw new ListError(t('itemsNotRead'));
  return data.run.items;
}

/** Items of the run. While it goes on, the first page is renewed; a list that was scrolled further stays as it is. */
export function ItemTable({
  run,
  revision,
  outcome,
  onOutcome,
  doneCount,
}: {
  run: RunPageData;
  /** Changes when the items have to be read again. */
  revision: string;
  outcome: string;
  onOutcome: (outcome: string) => void;
  doneCount: number;
}): JSX.Element {
  const [text, setText] = useState('');
  const [path] = useDebouncedValue(text.trim(), 300);
  const [open, setOpen] = useState<string | null>(null);
  const pages = usePages(`${run.id} ${outcome} ${path}`, (after) => readItems(run.id, outcome, path, after));
  const columns = useMemo(() => columnsOf(setOpen), []);
  useRenewal(pages.refresh, pages.nodes.length <= PAGE_ROWS, doneCount, revision, hasEnded(run.state));
  return (
    <Panel
      title={pages.total === null ? t('items') : t('itemCount', { count: pages.total })}
      isFlush
      aside={
        <>
          <NativeSelect
            size="xs"
            aria-label={t('showByOutcome')}
            data={choices()}
            value={outcome}
            onChange={(event) => onOutcome(event.currentTarget.value)}
          />
          <TextInput
            type="search"
            size="xs"
            w={210}
            aria-label={t('searchItems')}
            placeholder={t('partOfPath')}
            leftSection={<IconSearch size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ActionIcon variant="default" size={30} aria-label={t('readAgain')} onClick={pages.refresh}>
            <IconRefresh size={16} />
          </ActionIcon>
        </>
      }
    >
      {pages.nodes.length > 0 && (
        <VirtualTable
          label={t('items')}
          columns={columns}
          items={pages.nodes}
          keyOf={(item) => item.id}
          hasMore={pages.hasMore}
          onEnd={pages.loadMore}
        />
      )}
      {pages.nodes.length === 0 && pages.status === 'loading' && <Loading label={t('loadingItems')} />}
      {pages.nodes.length === 0 && pages.status === 'idle' && (
        <NoItems run={run} isFiltered={outcome !== '' || path !== ''} />
      )}
      {pages.status === 'failed' && <Failure error={pages.failure ?? ''} onRetry={pages.refresh} />}
      <ItemDrawer
        itemId={open}
        jobId={run.job.id}
        canRetry={run.allowedActions.includes('RETRY')}
        onClose={() => setOpen(null)}
      />
    </Panel>
  );
}

/** Reads the first page again when something was done, at most every few seconds, and once more at the end. */
function useRenewal(
  refresh: () => void,
  isFirstPage: boolean,
  doneCount: number,
  revision: string,
  isOver: boolean,
): void {
  const seen = useRef({ doneCount, revision });
  const latest = useRef({ doneCount, isFirstPage, refresh });
  useEffect(() => {
    latest.current = { doneCount, isFirstPage, refresh };
  });
  useEffect(() => {
    if (seen.current.revision !== revision && latest.current.isFirstPage) latest.current.refresh();
    seen.current = { ...seen.current, revision };
    if (isOver) return undefined;
    const timer = setInterval(() => {
      const now = latest.current;
      if (!now.isFirstPage || now.doneCount === seen.current.doneCount) return;
      seen.current = { ...seen.current, doneCount: now.doneCount };
      now.refresh();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [revision, isOver]);
}

function NoItems({ run, isFiltered }: { run: RunPageData; isFiltered: boolean }): JSX.Element {
  if (isFiltered) return <Blank title={t('noMatch')}>{t('chooseOther')}</Blank>;
  return hasEnded(run.state) ? (
    <Blank title={t('nothingHad')}>{t('nothingHadWhy')}</Blank>
  ) : (
    <Blank title={t('noItemsYet')}>{t('noItemsYetWhy')}</Blank>
  );
}

function columnsOf(onOpen: (id: string) => void): Column<ItemData>[] {
  const pathOf = (item: ItemData) => item.sourcePath ?? item.destinationPath ?? '/';
  return [
    {
      head: t('item'),
      width: 'minmax(240px, 1.3fr)',
      cell: (item) => {
        const Icon = item.kind === 'FOLDER' ? IconFolder : IconFile;
        return (
          <>
            <Icon size={16} stroke={1.6} aria-label={item.kind === 'FOLDER' ? t('folder') : t('file')} />
            <Clipped text={pathOf(item)} onClick={() => onOpen(item.id)} />
          </>
        );
      },
    },
    { head: t('outcome'), width: '150px', cell: (item) => <OutcomeTag outcome={item.outcome} /> },
    { head: t('why'), width: 'minmax(200px, 1fr)', cell: (item) => <Clipped text={item.message} isDim /> },
    { head: t('size'), width: '90px', isFigure: true, cell: (item) => formatBytes(item.byteSize) },
  ];
}
