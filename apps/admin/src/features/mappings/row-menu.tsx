import type { JSX } from 'react';
import { DotsMenu } from '../../ui/dots-menu.js';
import { t } from './words.js';

/** What can be done with an entry or rule; only rules have an order. */
export function RowMenu({
  name,
  onChange,
  onRemove,
  onUp,
  onDown,
}: {
  name: string;
  onChange: () => void;
  onRemove: () => void;
  onUp?: (() => void) | undefined;
  onDown?: (() => void) | undefined;
}): JSX.Element {
  return (
    <DotsMenu
      label={t('actionsOf', { name })}
      actions={[
        { label: t('change'), onChoose: onChange },
        onUp !== undefined && { label: t('up'), onChoose: onUp },
        onDown !== undefined && { label: t('down'), onChoose: onDown },
        { label: t('remove'), isDangerous: true, onChoose: onRemove },
      ]}
    />
  );
}
