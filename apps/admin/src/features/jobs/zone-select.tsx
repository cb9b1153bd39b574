import { Select } from '@mantine/core';
import type { JSX } from 'react';
import { t } from './words.js';
import '../../theme/select.css';

const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** A time zone of the system's list, or the one that was saved. */
export function ZoneSelect({
  name,
  description,
  error,
  value,
  onChange,
}: {
  name: string;
  description: string;
  error: string | undefined;
  value: string;
  onChange: (timeZone: string) => void;
}): JSX.Element {
  return (
    <Select
      name={name}
      label={t('timeZone')}
      description={description}
      searchable
      allowDeselect={false}
      maw={380}
      data={ZONES.includes(value) ? ZONES : [value, ...ZONES]}
      error={error}
      value={value}
      onChange={(timeZone) => onChange(timeZone ?? 'UTC')}
    />
  );
}
