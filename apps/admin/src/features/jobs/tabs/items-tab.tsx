import { NativeSelect, TextInput } from '@mantine/core';
import { graphql } from '@sluice/client/graphql';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, type JSX } from 'react';
import { itemColumns } from '../../../domain/item/item-columns.js';
import { ItemFields, type ItemData } from '../../../domain/item/item-data.js';
import { listState } from '../../../domain/list-state.js';
import { ALL_OUTCOMES, outcomeOf } from '../../../domain/run/run-tags.js';
import { client } from '../../../graphql/client.js';
import { ListError, usePages, type Page } from '../../../graphql/pages.js';
import { DataTable } from '../../../ui/data-table.js';
import { lazily } from '../../../ui/lazily.js';
import { Panel } from '../../../ui/page.js';
import { useSettledText } from '../../../ui/settled-text.js';
import { Blank } from '../../../ui/states.js';
import type { Asked } from '../asked.js';
import type { PartProps } from './part-props.js';
import { t } from './words.js';

const ItemDrawer = lazily(async () => (await import('../../../domain/item/item-drawer.js')).ItemDrawer);

const ItemsQuery = graphql(
  `
    query JobItems($id: ID!, $filter: RunItemFilter, $after: String) {
      job(id: $id) {
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

async function readItems(id: string, { outcome, path }: Asked, after: string | null): Promise<Page<ItemData>> {
  const filter = {
    ...(outcome && { outcomes: [outcome as ItemData['outcome']] }),
    ...(path && { pathContains: path }),
  };
  const { data } = await client.query({
    query: ItemsQuery,
    variables: { id, filter, after },
    fetchPolicy: 'no-cache',
  });
  if (!data?.job) throw new ListError(t('itemsNotRead'));
  return data.job.items;
}

const route = getRouteApi('/shell/jobs/$jobId');

/** What the job knows last of each item. */
export function ItemsTab({ job }: PartProps): JSX.Element {
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const onAsk = (next: Asked) => void navigate({ search: next, replace: true, resetScroll: false });
  const { item, tab, ...filter } = asked;
  const pages = usePages(`${job.id} ${JSON.stringify(filter)}`, (after) => readItems(job.id, filter, after));
  const latest = useRef({ asked, onAsk });
  useEffect(() => {
    latest.current = { asked, onAsk };
  });
  const columns = useMemo(() => itemColumns((id) => latest.current.onAsk({ ...latest.current.asked, item: id })), []);
  const isNarrowed = filter.outcome !== undefined || filter.path !== undefined;
  return (
    <Panel
      title={pages.total === null ? t('itemsTab') : t('items', { count: pages.total })}
      isFlush
      aside={<Filters asked={asked} onAsk={onAsk} />}
    >
      <DataTable
        label={t('itemsTab')}
        columns={columns}
        rows={pages.nodes}
        keyOf={({ id }) => id}
        list={listState(pages)}
        blank={
          <Blank title={t(isNarrowed ? 'noItemMatches' : 'noItems')}>
            {t(isNarrowed ? 'noItemMatchesWhy' : 'noItemsWhy')}
          </Blank>
        }
      />
      {item && (
        <ItemDrawer
          itemId={item}
          jobId={job.id}
          canRetry={job.allowedActions.includes('RETRY')}
          onClose={() => onAsk({ ...filter, tab })}
        />
      )}
    </Panel>
  );
}

function Filters({ asked, onAsk }: { asked: Asked; onAsk: (asked: Asked) => void }): JSX.Element {
  const choices = ALL_OUTCOMES.map((value) => ({ value, label: outcomeOf(value).label }));
  const { text, setText } = useSettledText(
    asked.path ?? '',
    (path) => onAsk({ ...asked, path: path || undefined }),
    300,
  );
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('showByOutcome')}
        data={[{ value: '', label: t('allOutcomes') }, ...choices]}
        value={asked.outcome ?? ''}
        onChange={({ currentTarget }) => onAsk({ ...asked, outcome: currentTarget.value || undefined })}
      />
      <TextInput
        type="search"
        size="xs"
        aria-label={t('searchItems')}
        placeholder={t('partOfPath')}
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </>
  );
}
