import { NativeSelect } from '@mantine/core';
import type { EnumOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { lazily } from '../../ui/lazily.js';
import { t } from '../words.js';
import { useFirstConnections, type ConnectionChoice, type PickerProps } from './connection-choices.js';

const ConnectionSearch = lazily(async () => (await import('./connection-search.js')).ConnectionSearch);

/**
 * A choice of a connection, of one platform or of all: from a plain list while all of them fit in one, else by a part of the name,
 * which the server searches for.
 */
export function ConnectionPicker({
  platform = null,
  ...rest
}: PickerProps & { platform?: EnumOf<'PlatformKey'> | null }): JSX.Element {
  const { choices, isMore } = useFirstConnections(platform);
  return isMore ? <ConnectionSearch platform={platform} {...rest} /> : <ConnectionList choices={choices} {...rest} />;
}

function ConnectionList({
  choices,
  before = [],
  empty,
  labelOf,
  value,
  onChange,
  ...rest
}: PickerProps & { choices: readonly ConnectionChoice[] | null }): JSX.Element {
  const connections = (choices ?? []).map((one) => ({ value: one.id, label: labelOf(one) }));
  const isKnown =
    value === '' || [...before.flatMap(({ items }) => items), ...connections].some((one) => one.value === value);
  const others = isKnown ? [] : [{ value, label: choices === null ? '…' : t('side.another') }];
  const items = [...connections, ...others];
  const grouped = [...before, { group: t('side.connections'), items }].filter((group) => group.items.length > 0);
  const none = empty === undefined ? [] : [{ value: '', label: empty }];
  return (
    <NativeSelect
      {...rest}
      disabled={choices === null}
      data={[...none, ...(before.length > 0 ? grouped : items)]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
