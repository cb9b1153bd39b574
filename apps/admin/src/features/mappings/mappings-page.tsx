import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState, type JSX } from 'react';
import { useCan } from '../../domain/session.js';
import { failureSentence } from '../../graphql/problems.js';
import { useChanges } from '../../graphql/use-changes.js';
import { useNow } from '../../ui/clock.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { wordOf } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { NameLink } from '../../ui/links.js';
import { ListPage } from '../../ui/list-page.js';
import { Moment } from '../../ui/moment.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { platformName, SetsQuery, type Kind, type MappingSet, type Platforms } from './data.js';
import { isKind, KINDS } from './kinds.js';
import { t } from './words.js';

const NewSetDialog = lazily(async () => (await import('./new-set-dialog.js')).NewSetDialog);

const route = getRouteApi('/shell/mappings');
const NO_PLATFORMS: Platforms = [];

export function MappingsPage(): JSX.Element {
  const asked = route.useSearch().kind;
  const kind = isKind(asked) ? asked : null;
  const { data, error, loading, refetch } = useQuery(SetsQuery, { variables: { kinds: kind && [kind] } });
  const [isAdding, setAdding] = useState(false);
  const mayWrite = useCan('MAPPINGS_WRITE');
  const sets = data?.mappingSets ?? null;
  const platforms = data?.platforms ?? NO_PLATFORMS;
  const [first, ...others] = platforms;
  const columns = useColumns(platforms);
  const again = () => void refetch();
  useChanges(['MAPPING_SET'], again);
  const failure = error && sets === null ? failureSentence(error) : null;
  return (
    <ListPage
      title={t('title')}
      lead={t('lead')}
      count={sets === null ? t('title') : t('count', { count: sets.length })}
      action={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
      filters={<KindFilter kind={kind} />}
    >
      <DataTable
        label={t('title')}
        columns={columns}
        rows={sets}
        keyOf={({ id }) => id}
        list={{ isLoading: loading, hasMore: false, failure, onMore: again, onRetry: again }}
        blank={<Blank title={t('none')}>{t('noneText')}</Blank>}
      />
      {isAdding && first && (
        <NewSetDialog platforms={[first, ...others]} kind={kind} onClose={() => setAdding(false)} />
      )}
    </ListPage>
  );
}

function KindFilter({ kind }: { kind: Kind | null }): JSX.Element {
  const navigate = route.useNavigate();
  return (
    <NativeSelect
      label={t('kindName')}
      data={[{ value: '', label: t('anyKind') }, ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))]}
      value={kind ?? ''}
      onChange={(event) => void navigate({ search: { kind: event.currentTarget.value || undefined }, replace: true })}
    />
  );
}

function SetName({ set, platforms }: { set: MappingSet; platforms: Platforms }): JSX.Element {
  const source = platformName(platforms, set.sourcePlatform);
  const destination = platformName(platforms, set.destinationPlatform);
  return (
    <>
      <NameLink to="/mappings/$mappingSetId" params={{ mappingSetId: set.id }}>
        {set.name}
      </NameLink>
      <span className={styles.sub}>{t('between', { source, destination })}</span>
    </>
  );
}

function useColumns(platforms: Platforms): DataColumn<MappingSet>[] {
  const now = useNow(30_000);
  return useMemo(() => columnsOf(platforms, now), [platforms, now]);
}

const columnsOf = (platforms: Platforms, now: number): DataColumn<MappingSet>[] => [
  {
    id: 'name',
    head: t('name'),
    width: 'minmax(180px, 1.6fr)',
    sortBy: ({ name }) => name.toLowerCase(),
    cell: (set) => <SetName set={set} platforms={platforms} />,
  },
  {
    id: 'kind',
    head: t('kindName'),
    width: 'minmax(110px, 0.7fr)',
    sortBy: ({ kind }) => t.known('kind', kind) ?? kind,
    cell: ({ kind }) => t.known('kind', kind) ?? wordOf(kind),
  },
  {
    id: 'unmapped',
    head: t('unmappedName'),
    width: 'minmax(170px, 1fr)',
    sortBy: ({ unmapped }) => t.known('unmapped', unmapped) ?? unmapped,
    cell: ({ unmapped, defaultTarget }) => (
      <>
        {t.known('unmapped', unmapped) ?? wordOf(unmapped)}
        {unmapped === 'USE_DEFAULT' && <span className={styles.sub}>{defaultTarget}</span>}
      </>
    ),
  },
  {
    id: 'changed',
    head: t('changed'),
    width: 'minmax(104px, 0.6fr)',
    sortBy: ({ updatedAt }) => updatedAt,
    cell: ({ updatedAt }) => <Moment instant={updatedAt} now={now} />,
  },
];
