/*
 * The room of mappings: sets that translate names and metadata between two platforms, what stands in them, and which jobs use them.
 */
import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useState, type JSX, type ReactNode } from 'react';
import { Failure } from '../../domain/failure.js';
import { ReportButton } from '../../domain/report-button.js';
import { useCan } from '../../domain/session.js';
import { lazily } from '../../ui/lazily.js';
import { NotThere } from '../../ui/not-there.js';
import { ObjectPage, TabLink } from '../../ui/object-page.js';
import { Page, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import { platformName, useMappingSet, type FullSet, type SetPage } from './data.js';
import { t } from './words.js';

const ImportDialog = lazily(async () => (await import('./import-dialog.js')).ImportDialog);

const BACK = () => ({ to: '/mappings', label: t('back') }) as const;

/** The frame around each tab of a set. */
export function MappingFrame({ children }: { children: (page: SetPage) => ReactNode }): JSX.Element {
  const { mappingSetId = '' } = useParams({ strict: false });
  const { page, error, isGone, again } = useMappingSet(mappingSetId);
  if (page)
    return (
      <ObjectPage
        title={page.set.name}
        lead={leadOf(page)}
        back={BACK()}
        actions={<Actions page={page} />}
        tabs={<Tabs set={page.set} />}
        tabsLabel={t('tabs')}
      >
        {children(page)}
      </ObjectPage>
    );
  if (isGone) return <NotThere title={t('noSuch')} />;
  return (
    <Page title={t('title')} back={BACK()}>
      <Panel title={t('title')} isFlush>
        {error ? <Failure error={error} onRetry={again} /> : <Loading label={t('loading')} />}
      </Panel>
    </Page>
  );
}

function leadOf({ set, platforms }: SetPage): string {
  const [source, destination] = [set.sourcePlatform, set.destinationPlatform].map((key) =>
    platformName(platforms, key),
  );
  const between = t('between', { source: source ?? '', destination: destination ?? '' });
  return `${t.known('kind', set.kind) ?? set.kind} · ${between}`;
}

function Tabs({ set }: { set: FullSet }): JSX.Element {
  const params = { mappingSetId: set.id };
  return (
    <>
      <TabLink to="/mappings/$mappingSetId" params={params} activeOptions={{ exact: true, includeSearch: false }}>
        {set.kind === 'METADATA' ? t('rules') : t('entries')}
      </TabLink>
      <TabLink
        to="/mappings/$mappingSetId/suggestions"
        params={params}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        {t('suggestions')}
      </TabLink>
      <TabLink
        to="/mappings/$mappingSetId/preview"
        params={params}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        {t('preview')}
      </TabLink>
      <TabLink to="/mappings/$mappingSetId/jobs" params={params}>
        {t('usedBy')}
      </TabLink>
      <TabLink to="/mappings/$mappingSetId/settings" params={params}>
        {t('settings')}
      </TabLink>
    </>
  );
}

function Actions({ page: { set, again } }: { page: SetPage }): JSX.Element {
  const [isImporting, setImporting] = useState(false);
  const mayWrite = useCan('MAPPINGS_WRITE');
  const mayReport = useCan('REPORTS_READ');
  return (
    <>
      {mayWrite && (
        <Button variant="default" leftSection={<IconUpload size={16} />} onClick={() => setImporting(true)}>
          {t('import')}
        </Button>
      )}
      {mayReport && (
        <ReportButton label={t('export')} input={{ kind: 'MAPPING_SET', subject: { mappingSetId: set.id } }} />
      )}
      {isImporting && <ImportDialog set={set} onDone={again} onClose={() => setImporting(false)} />}
    </>
  );
}
