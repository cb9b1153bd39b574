import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type JSX } from 'react';
import { JobChoicesQuery } from './list-data.js';
import { t } from './words.js';

const REST_MS = 250;
const NOBODY = '-';

/** One of all jobs, found by a part of its name. */
export function JobSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (id: string | null) => void;
}): JSX.Element {
  const [typed, setTyped] = useState('');
  const [name] = useDebouncedValue(typed.trim(), REST_MS);
  const { data, previousData } = useQuery(JobChoicesQuery, { variables: { name, chosen: value ?? NOBODY } });
  const { jobs, job } = data ?? previousData ?? {};
  const found = (jobs?.nodes ?? []).map((one) => ({ value: one.id, label: one.name }));
  const isOther = value !== null && !found.some((one) => one.value === value);
  const chosen = isOther ? [{ value, label: job?.id === value ? job.name : t('deletedJob') }] : [];
  return (
    <Select
      label={t('job')}
      placeholder={t('anyJob')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('anyJob') }}
      nothingFoundMessage={t('noSuchJob')}
      data={[...chosen, ...found]}
      // The server has searched already.
      filter={({ options }) => options}
      onSearchChange={(text) => setTyped(text === labelOf(value, [...chosen, ...found]) ? '' : text)}
      value={value}
      onChange={onChange}
    />
  );
}

const labelOf = (value: string | null, data: readonly { value: string; label: string }[]): string | undefined =>
  data.find((one) => one.value === value)?.label;
