import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import type { JSX } from 'react';
import { t } from '../words.js';
import type { Sides } from './sides.js';

interface SidePickerProps extends Omit<NativeSelectProps, 'data' | 'value' | 'onChange'> {
  sides: Sides;
  /** A platform's key, or the identifier of a connection. */
  value: string;
  onChange: (value: string) => void;
}

/** A choice among all platforms and the connections by name. */
export function SidePicker({ sides, value, onChange, ...rest }: SidePickerProps): JSX.Element {
  const platforms = (sides.platforms ?? []).map(({ key, displayName }) => ({ value: key, label: displayName }));
  const connections = (sides.connections?.nodes ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const isOther = ![...platforms, ...connections].some((one) => one.value === value);
  const others = isOther ? [{ value, label: t('side.another') }] : [];
  return (
    <NativeSelect
      {...rest}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { group: t('side.platforms'), items: platforms },
        { group: t('side.connections'), items: [...connections, ...others] },
      ].filter(({ items }) => items.length > 0)}
    />
  );
}
