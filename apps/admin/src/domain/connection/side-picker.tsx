import type { JSX } from 'react';
import { t } from '../words.js';
import type { PickerProps } from './connection-choices.js';
import { ConnectionPicker } from './connection-picker.js';
import type { Sides } from './sides.js';

interface SidePickerProps extends Omit<PickerProps, 'before' | 'empty' | 'labelOf'> {
  sides: Sides;
}

/** A choice among all platforms, by their keys, and the connections by name. */
export function SidePicker({ sides, ...rest }: SidePickerProps): JSX.Element {
  const items = (sides.platforms ?? []).map(({ key, displayName }) => ({ value: key, label: displayName }));
  return <ConnectionPicker {...rest} before={[{ group: t('side.platforms'), items }]} labelOf={({ name }) => name} />;
}
