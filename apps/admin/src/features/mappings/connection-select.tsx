import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import type { Connection } from './data.js';
import { t } from './words.js';

export function ConnectionSelect({
  label,
  connections,
  value,
  onChange,
}: {
  label: string;
  connections: readonly Connection[];
  value: string | undefined;
  onChange: (id: string) => void;
}): JSX.Element {
  const choices = connections.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <NativeSelect
      label={label}
      data={[{ value: '', label: t('chooseConnection') }, ...choices]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
