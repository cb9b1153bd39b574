import { TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ConnectionPicker } from '../../domain/connection/connection-picker.js';
import { Panel } from '../../ui/page.js';
import { useSettledText } from '../../ui/settled-text.js';
import { Blank } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { type SetPage } from './data.js';
import { MappingFrame } from './frame.js';
import { SuggestionList } from './suggestion-list.js';
import { t } from './words.js';

const route = getRouteApi('/shell/mappings/$mappingSetId/suggestions');

export function SuggestionsPage(): JSX.Element {
  return <MappingFrame>{(page) => <Suggestions page={page} />}</MappingFrame>;
}

function Suggestions({ page }: { page: SetPage }): JSX.Element {
  const { source, destination, search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (side: 'source' | 'destination') => (id: string) =>
    void navigate({ search: (before) => ({ ...before, [side]: id || undefined }), replace: true });
  return (
    <>
      <p className={styles.intro}>{t('suggestionsLead')}</p>
      <search className={styles.filters} aria-label={t('suggestions')}>
        <ConnectionPicker
          label={t('sourceConnection')}
          platform={page.set.sourcePlatform}
          empty={t('chooseConnection')}
          labelOf={({ name }) => name}
          value={source ?? ''}
          onChange={choose('source')}
        />
        <ConnectionPicker
          label={t('destinationConnection')}
          platform={page.set.destinationPlatform}
          empty={t('chooseConnection')}
          labelOf={({ name }) => name}
          value={destination ?? ''}
          onChange={choose('destination')}
        />
        <SearchField />
      </search>
      {source && destination ? (
        <SuggestionList
          key={`${source} ${destination} ${search}`}
          page={page}
          asked={{ sourceId: source, destinationId: destination, search }}
        />
      ) : (
        <Panel title={t('suggestions')} isFlush>
          <Blank title={t('chooseBoth')}>{t('chooseBothText')}</Blank>
        </Panel>
      )}
    </>
  );
}

function SearchField(): JSX.Element {
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const onSettle = (next: string) =>
    void navigate({ search: (before) => ({ ...before, search: next || undefined }), replace: true });
  const { text, setText } = useSettledText(search, onSettle, 400);
  return <TextInput label={t('partOfName')} value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}
