import { Button, NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconRefresh, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, type JSX } from 'react';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { ListError } from '../../graphql/pages.js';
import { PLACED_PAGE, unshared, type PlacedSource } from '../../graphql/placed-pages.js';
import { useSoon } from '../../graphql/use-changes.js';
import { usePlacedPages } from '../../graphql/use-placed-pages.js';
import { lazily } from '../../ui/lazily.js';
import { LongTable } from '../../ui/long-table.js';
import { Panel } from '../../ui/page.js';
import { useSettledText } from '../../ui/settled-text.js';
import { Blank } from '../../ui/states.js';
import { ALL_OUTCOMES, outcomeOf, reasonWord, revisionWord } from '../../domain/run/run-tags.js';
import { itemColumns } from '../../domain/item/item-columns.js';
import { ItemFields, type ItemData } from '../../domain/item/item-data.js';
import type { Asked } from './asked.js';
import { useRunView } from './run-view.js';
import { t } from './words.js';

const ItemDrawer = lazily(async () => (await import('../../domain/item/item-drawer.js')).ItemDrawer);

const ItemsQuery = graphql(
  `
    query RunItems($id: ID!, $filter: RunItemFilter, $first: Int!, $offset: Int!) {
      run(id: $id) {
        id
        items(first: $first, filter: $filter, offset: $offset) {
          nodes {
            ...ItemFields
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  `,
  [ItemFields],
);

const ItemCountQuery = graphql(`
  query RunItemCount($id: ID!, $filter: RunItemFilter) {
    run(id: $id) {
      id
      items(first: 1, filter: $filter, offset: 0) {
        totalCount
      }
    }
  }
`);

type Outcome = ItemData['outcome'];
const REFRESH_MS = 3000;
const FLAGGED: Outcome[] = ['FLAGGED', 'RETRYING'];

interface ItemTableProps {
  asked: Asked;
  /** Puts what is asked for into the address. */
  onAsk: (asked: Asked) => void;
  /** Shows only items that need a person or are tried again. */
  isFlagged: boolean;
}

/** The items that fit, in the order of the plan. */
function itemsOf(
  runId: string,
  { outcome, reason, path, revision }: Asked,
  isFlagged: boolean,
): PlacedSource<ItemData> {
  const outcomes = outcome ? [outcome as Outcome] : isFlagged ? FLAGGED : undefined;
  const filter = {
    ...(outcomes && { outcomes }),
    ...(reason && { reasons: [reason as ItemData['reason']] }),
    ...(path && { pathContains: path }),
    ...(revision && { revisions: [revision as NonNullable<ItemData['revision']>] }),
  };
  const asked = { id: runId, filter };
  return {
    readPage: async (offset, signal) => {
      const { data } = await client.query({
        query: ItemsQuery,
        variables: { ...asked, offset, first: PLACED_PAGE },
        fetchPolicy: 'no-cache',
        context: unshared(signal),
      });
      if (!data?.run) throw new ListError(t('itemsNotRead'));
      const { nodes, pageInfo } = data.run.items;
      return { nodes, hasNextPage: pageInfo.hasNextPage };
    },
    readTotal: async (signal) => {
      const { data } = await client.query({
        query: ItemCountQuery,
        variables: asked,
        fetchPolicy: 'no-cache',
        context: unshared(signal),
      });
      const total = data?.run?.items.totalCount;
      if (typeof total !== 'number') throw new ListError(t('itemsNotRead'));
      return total;
    },
  };
}

const route = getRouteApi('/shell/runs/$runId');

/** Every item of the run. */
export function ItemTable(): JSX.Element {
  return <Items isFlagged={false} />;
}

/** Items that need a person, or that are tried again. */
export function FlaggedTable(): JSX.Element {
  return <Items isFlagged />;
}

/** Items of the run. While it goes on, those in sight are renewed. */
function Items({ isFlagged }: { isFlagged: boolean }): JSX.Element {
  const { run, statistics, revision } = useRunView();
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const onAsk = (next: Asked) => void navigate({ search: next, replace: true, resetScroll: false });
  const { item, tab, ...filter } = asked;
  const narrowed = JSON.stringify(filter);
  const source = useMemo(
    () => itemsOf(run.id, JSON.parse(narrowed) as Asked, isFlagged),
    [run.id, narrowed, isFlagged],
  );
  const pages = usePlacedPages(source);
  const columns = useColumns((id) => onAsk({ ...asked, item: id }));
  useRenewal(pages.refresh, statistics.itemsDone, revision);
  const title = isFlagged ? t('attention') : t('items');
  return (
    <Panel
      title={pages.total === null ? title : t('itemCount', { count: pages.total })}
      isFlush
      aside={<Filters asked={asked} onAsk={onAsk} isFlagged={isFlagged} onRefresh={pages.refresh} />}
    >
      <LongTable
        key={narrowed}
        label={title}
        columns={columns}
        rows={pages}
        blank={
          <NoItems isFiltered={Object.values(filter).some((value) => value !== undefined)} isFlagged={isFlagged} />
        }
      />
      {item && (
        <ItemDrawer
          itemId={item}
          jobId={run.job.id}
          canRetry={run.allowedActions.includes('RETRY')}
          onClose={() => onAsk({ ...filter, tab })}
        />
      )}
    </Panel>
  );
}

/** Columns that stay the same while their rows are renewed; a row opens its item. */
function useColumns(onOpen: (id: string) => void) {
  const latest = useRef(onOpen);
  useEffect(() => {
    latest.current = onOpen;
  });
  return useMemo(() => itemColumns((id) => latest.current(id)), []);
}

function Filters({ asked, onAsk, isFlagged, onRefresh }: ItemTableProps & { onRefresh: () => void }): JSX.Element {
  const { outcome, reason, revision } = asked;
  const outcomes = isFlagged ? FLAGGED : ALL_OUTCOMES.filter((each) => each !== 'UNCHANGED');
  const choices = [
    { value: '', label: t('allOutcomes') },
    ...outcomes.map((value) => ({ value, label: outcomeOf(value).label })),
  ];
  const chosen = [
    reason && { key: 'reason', label: reasonWord(reason) },
    revision && { key: 'revision', label: t('onlyRevised', { why: revisionWord(revision) }) },
  ];
  return (
    <>
      {chosen.map(
        (one) =>
          one && (
            <Button
              key={one.key}
              size="xs"
              variant="default"
              rightSection={<IconX size={13} />}
              aria-label={t('without', { filter: one.label })}
              onClick={() => onAsk({ ...asked, [one.key]: undefined })}
            >
              {one.label}
            </Button>
          ),
      )}
      <NativeSelect
        size="xs"
        aria-label={t('showByOutcome')}
        data={choices}
        value={outcome ?? ''}
        onChange={({ currentTarget }) => onAsk({ ...asked, outcome: currentTarget.value || undefined })}
      />
      <PathSearch asked={asked} onAsk={onAsk} />
      <Button variant="default" size="xs" aria-label={t('readAgain')} onClick={onRefresh}>
        <IconRefresh size={16} />
      </Button>
    </>
  );
}

/** Looks for a part of the path a moment after it was typed. */
function PathSearch({ asked, onAsk }: Pick<ItemTableProps, 'asked' | 'onAsk'>): JSX.Element {
  const onSettle = (path: string) => onAsk({ ...asked, path: path || undefined });
  const { text, setText } = useSettledText(asked.path ?? '', onSettle, 300);
  return (
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
  );
}

/** Reads what is in sight again when something was done, at most every few seconds, and at once when the run enters a stage. */
function useRenewal(refresh: () => void, doneCount: number, revision: string): void {
  const soon = useSoon(refresh, REFRESH_MS);
  const seen = useRef({ doneCount, revision });
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    if (seen.current.revision !== revision) latest.current();
    else if (seen.current.doneCount !== doneCount) soon();
    seen.current = { doneCount, revision };
  }, [doneCount, revision, soon]);
}

function NoItems({ isFiltered, isFlagged }: { isFiltered: boolean; isFlagged: boolean }): JSX.Element {
  const { isOver } = useRunView();
  if (isFiltered) return <Blank title={t('noMatch')}>{t('chooseOther')}</Blank>;
  if (isFlagged)
    return <Blank title={t(isOver ? 'none' : 'noneSoFar')}>{t(isOver ? 'noneWaits' : 'noneSoFarWhy')}</Blank>;
  return isOver ? (
    <Blank title={t('nothingHad')}>{t('nothingHadWhy')}</Blank>
  ) : (
    <Blank title={t('noItemsYet')}>{t('noItemsYetWhy')}</Blank>
  );
}
