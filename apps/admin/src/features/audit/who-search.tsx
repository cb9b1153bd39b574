import { useState, type JSX } from 'react';
import { SearchSelect } from '../../ui/search-select.js';
import { useFoundPeople } from './data.js';
import { fitting, type Group } from './fitting.js';
import { t } from './words.js';

interface WhoSearchProps {
  /** Tokens, all of which are here. */
  systems: readonly Group[];
  value: string | undefined;
  onChange: (who: string | undefined) => void;
}

/** One of more people than a list can hold, found by a part of the name. */
export function WhoSearch({ systems, value, onChange }: WhoSearchProps): JSX.Element {
  const [search, setSearch] = useState('');
  const isSystem = systems.some(({ items }) => items.some((one) => one.value === value));
  const people = useFoundPeople(search, isSystem ? undefined : value);
  return (
    <SearchSelect
      label={t('who')}
      placeholder={t('anyone')}
      clearable
      clearButtonProps={{ 'aria-label': t('anyone') }}
      nothingFoundMessage={t('nobodyFound')}
      choices={people}
      always={fitting(systems, search, value)}
      onSearch={setSearch}
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
