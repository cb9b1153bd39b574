import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useCan } from '../../domain/session.js';
import { wordOf } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { Moment } from '../../ui/moment.js';
import { Facts, Panel } from '../../ui/page.js';
import type { SetPage } from './data.js';
import { useDeletion } from './delete-set.js';
import { MappingFrame } from './frame.js';
import { t } from './words.js';

const SettingsDialog = lazily(async () => (await import('./settings-dialog.js')).SettingsDialog);

export function SetSettingsPage(): JSX.Element {
  return <MappingFrame>{(page) => <Settings page={page} />}</MappingFrame>;
}

function Settings({ page: { set, again } }: { page: SetPage }): JSX.Element {
  const [isChanging, setChanging] = useState(false);
  const remove = useDeletion(set);
  const mayWrite = useCan('MAPPINGS_WRITE');
  const actions = (
    <>
      <Button size="xs" variant="default" onClick={() => setChanging(true)}>
        {t('changeSettings')}
      </Button>
      <Button size="xs" variant="outline" color="red" onClick={remove}>
        {t('delete')}
      </Button>
    </>
  );
  const unmapped = t.known('unmapped', set.unmapped) ?? wordOf(set.unmapped);
  const matches = set.automaticMatches.map((match) => t.known('match', match) ?? wordOf(match)).join(', ');
  return (
    <Panel title={t('settings')} aside={mayWrite && actions}>
      <Facts
        facts={[
          [t('matches'), matches || t('noMatches')],
          [t('unmappedName'), unmapped],
          set.unmapped === 'USE_DEFAULT' ? [t('defaultTarget'), set.defaultTarget] : null,
          [t('exclusions'), set.exclusions.join(', ') || t('noExclusions')],
          [t('changed'), <Moment instant={set.updatedAt} />],
        ]}
      />
      {isChanging && <SettingsDialog set={set} onDone={again} onClose={() => setChanging(false)} />}
    </Panel>
  );
}
