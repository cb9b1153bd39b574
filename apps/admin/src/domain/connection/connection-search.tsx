import type { EnumOf } from '@sluice/client/graphql';
import { useState, type JSX } from 'react';
import { SearchSelect } from '../../ui/search-select.js';
import { t } from '../words.js';
import { useFoundConnections, useKnownConnections, type PickerProps } from './connection-choices.js';

/** One of all connections, found by a part of its name. */
export function ConnectionSearch({
  platform = null,
  before = [],
  empty,
  labelOf,
  value,
  onChange,
  ...rest
}: PickerProps & { platform: EnumOf<'PlatformKey'> | null | undefined }): JSX.Element {
  const [name, setName] = useState('');
  const found = useFoundConnections(name, platform);
  const isElsewhere = (id: string) =>
    id !== '' &&
    !before.some(({ items }) => items.some((one) => one.value === id)) &&
    !found.some((one) => one.id === id);
  const known = useKnownConnections(isElsewhere(value) ? [value] : []);
  const chosen = known?.find(({ id }) => id === value);
  const unknown = isElsewhere(value) && known && !chosen ? [{ value, label: t('side.another') }] : [];
  const choices = [...(chosen ? [chosen] : []), ...found].map((one) => ({ value: one.id, label: labelOf(one) }));
  return (
    <SearchSelect
      {...rest}
      placeholder={empty}
      clearable={empty !== undefined}
      clearButtonProps={{ 'aria-label': empty }}
      nothingFoundMessage={t('side.noneFound')}
      choices={[...unknown, ...choices]}
      always={before}
      onSearch={setName}
      value={value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
