import { useQuery } from '@apollo/client/react';
import { useState, type JSX } from 'react';
import { SearchSelect } from '../../ui/search-select.js';
import { JobChoicesQuery } from './list-data.js';
import { t } from './words.js';

const NOBODY = '-';

/** One of all jobs, found by a part of its name. */
export function JobSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (id: string | null) => void;
}): JSX.Element {
  const [name, setName] = useState('');
  const { data, previousData } = useQuery(JobChoicesQuery, { variables: { name, chosen: value ?? NOBODY } });
  const { jobs, job } = data ?? previousData ?? {};
  const found = (jobs?.nodes ?? []).map((one) => ({ value: one.id, label: one.name }));
  const isOther = value !== null && !found.some((one) => one.value === value);
  const chosen = isOther ? [{ value, label: job?.id === value ? job.name : t('deletedJob') }] : [];
  return (
    <SearchSelect
      label={t('job')}
      placeholder={t('anyJob')}
      clearable
      clearButtonProps={{ 'aria-label': t('anyJob') }}
      nothingFoundMessage={t('noSuchJob')}
      choices={[...chosen, ...found]}
      onSearch={setName}
      value={value}
      onChange={onChange}
    />
  );
}
