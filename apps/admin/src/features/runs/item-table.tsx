import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFile, IconFolder, IconRefresh, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type JSX } from 'react';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { ListError, usePages, type Page } from '../../graphql/pages.js';
import { countOf, formatBytes } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { Clipped, VirtualTable, type Column } from '../../ui/virtual-table.js';
import { ItemDrawer } from '../../domain/item/item-drawer.js';
import { type RunPageData } from './data.js';
import { ALL_OUTCOMES, OutcomeTag, outcomeOf } from '../../domain/run/run-tags.js';
import { Failure } from '../../domain/failure.js';
import { hasEnded } from '../../domain/run/run-states.js';
import { ItemFields, type ItemData } from '../../domain/item/item-data.js';

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
const CHOICES = [
  { value: '', label: 'All outcomes' },
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
  if (!data?.run) throw new ListError('The items of this run cannot be read.');
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
      title={pages.total === null ? 'Items' : countOf(pages.total, 'item')}
      isFlush
      aside={
        <>
          <NativeSelect
            size="xs"
            aria-label="Show items by outcome"
            data={CHOICES}
            value={outcome}
            onChange={(event) => onOutcome(event.currentTarget.value)}
          />
          <TextInput
            type="search"
            size="xs"
            w={210}
            aria-label="Search items by path"
            placeholder="Part of the path"
            leftSection={<IconSearch size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ActionIcon variant="default" size={30} aria-label="Read the items again" onClick={pages.refresh}>
            <IconRefresh size={16} />
          </ActionIcon>
        </>
      }
    >
      {pages.nodes.length > 0 && (
        <VirtualTable
          label="Items"
          columns={columns}
          items={pages.nodes}
          keyOf={(item) => item.id}
          hasMore={pages.hasMore}
          onEnd={pages.loadMore}
        />
      )}
      {pages.nodes.length === 0 && pages.status === 'loading' && <Loading label="Loading items" />}
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
  if (isFiltered) return <Blank title="No item matches">Choose another outcome or a shorter part of the path.</Blank>;
  return hasEnded(run.state) ? (
    <Blank title="Nothing had to be done">Both sides were already equal, or there was nothing to transfer.</Blank>
  ) : (
    <Blank title="No items yet">They appear here once the run has planned its steps.</Blank>
  );
}

function columnsOf(onOpen: (id: string) => void): Column<ItemData>[] {
  const pathOf = (item: ItemData) => item.sourcePath ?? item.destinationPath ?? '/';
  return [
    {
      head: 'Item',
      width: 'minmax(240px, 1.3fr)',
      cell: (item) => {
        const Icon = item.kind === 'FOLDER' ? IconFolder : IconFile;
        return (
          <>
            <Icon size={16} stroke={1.6} aria-label={item.kind === 'FOLDER' ? 'Folder' : 'File'} />
            <Clipped text={pathOf(item)} onClick={() => onOpen(item.id)} />
          </>
        );
      },
    },
    { head: 'Outcome', width: '150px', cell: (item) => <OutcomeTag outcome={item.outcome} /> },
    { head: 'Why', width: 'minmax(200px, 1fr)', cell: (item) => <Clipped text={item.message} isDim /> },
    { head: 'Size', width: '90px', isFigure: true, cell: (item) => formatBytes(item.byteSize) },
  ];
}
