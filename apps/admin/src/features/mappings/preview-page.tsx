import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ConnectionPicker } from '../../domain/connection/connection-picker.js';
import { FolderTree } from '../../domain/connection/folder-tree.js';
import { Failure } from '../../domain/failure.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { PreviewQuery, type PreviewRow, type SetPage } from './data.js';
import { MappingFrame } from './frame.js';
import { t } from './words.js';

const route = getRouteApi('/shell/mappings/$mappingSetId/preview');

export function PreviewPage(): JSX.Element {
  return <MappingFrame>{(page) => <Preview page={page} />}</MappingFrame>;
}

function Preview({ page }: { page: SetPage }): JSX.Element {
  const { connection, folder = '/' } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (search: { connection?: string; folder?: string }) => void navigate({ search, replace: true });
  return (
    <>
      <p className={styles.intro}>{t('previewLead')}</p>
      <search className={styles.filters} aria-label={t('preview')}>
        <ConnectionPicker
          label={t('previewConnection')}
          platform={page.set.sourcePlatform}
          empty={t('chooseConnection')}
          labelOf={({ name }) => name}
          value={connection ?? ''}
          onChange={(id) => show(id ? { connection: id } : {})}
        />
      </search>
      {connection ? (
        <>
          <Panel title={t('previewFolder')} isFlush>
            <FolderTree
              label={t('previewFolder')}
              connectionId={connection}
              foldersOnly
              chosen={folder}
              onChoose={(path) => show({ connection, folder: path })}
            />
          </Panel>
          <Rows set={page.set.id} connection={connection} folder={folder} />
        </>
      ) : (
        <Panel title={t('preview')} isFlush>
          <Blank title={t('choosePreview')}>{t('choosePreviewText')}</Blank>
        </Panel>
      )}
    </>
  );
}

function Rows({ set, connection, folder }: { set: string; connection: string; folder: string }): JSX.Element {
  const location = { connectionId: connection, at: folder === '/' ? null : { path: folder } };
  const { data, error, loading, refetch } = useQuery(PreviewQuery, {
    variables: { id: set, location },
    fetchPolicy: 'no-cache',
  });
  const again = () => void refetch();
  const rows = data?.mappingPreview?.map((row, place) => ({ ...row, place }));
  return (
    <Panel title={t('previewOf', { folder })} isFlush>
      {rows && (
        <DataTable
          label={t('preview')}
          columns={COLUMNS()}
          rows={rows}
          keyOf={({ place }) => String(place)}
          list={{ isLoading: false, hasMore: false, failure: null, onMore: again, onRetry: again }}
          blank={<Blank title={t('noPreview')}>{t('noPreviewText')}</Blank>}
        />
      )}
      {!rows &&
        (loading ? <Loading label={t('previewing')} /> : <Failure error={error ?? t('notAsked')} onRetry={again} />)}
    </Panel>
  );
}

function Match({ row: { match, problem } }: { row: PreviewRow }): JSX.Element {
  return (
    <>
      <StatusTag
        tone={problem === null ? (match === 'NONE' ? 'idle' : 'ok') : 'warn'}
        label={t.known('match', match) ?? match}
      />
      {problem !== null && <span className={styles.sub}>{problem}</span>}
    </>
  );
}

const COLUMNS = (): DataColumn<PreviewRow>[] => [
  {
    id: 'item',
    head: t('item'),
    width: 'minmax(150px, 1.1fr)',
    cell: ({ entry }) => (
      <>
        <span className={styles.strong}>{entry.name}</span>
        <span className={styles.sub}>{entry.path}</span>
      </>
    ),
  },
  {
    id: 'before',
    head: t('before'),
    width: 'minmax(110px, 0.9fr)',
    cell: ({ sourceValue }) => sourceValue ?? <span className={styles.dim}>{t('nothing')}</span>,
  },
  {
    id: 'after',
    head: t('after'),
    width: 'minmax(130px, 1fr)',
    cell: ({ destinationField, destinationValue }) => (
      <>
        {destinationValue ?? <span className={styles.dim}>{t('nothing')}</span>}
        {destinationField !== null && <span className={styles.sub}>{destinationField}</span>}
      </>
    ),
  },
  {
    id: 'how',
    head: t('how'),
    width: 'minmax(140px, 1fr)',
    cell: (row) => <Match row={row} />,
  },
];
