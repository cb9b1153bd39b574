import { ActionIcon, Chip, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import { lazily } from '../../ui/lazily.js';
import styles from '../../ui/ui.module.css';
import { WEEKDAYS, type Weekday, type WindowValues } from './schedule-values.js';
import { t } from './words.js';
import '@mantine/core/styles/Chip.layer.css';

/** A list with search, which weighs more than the form around it. */
export const ZoneSelect = lazily(async () => (await import('./zone-select.js')).ZoneSelect);

/** Days of the week and times of the day. */
export function WindowRow({
  label,
  removeLabel,
  window,
  error,
  onChange,
  onRemove,
}: {
  label: string;
  removeLabel: string;
  window: WindowValues;
  error: string | undefined;
  onChange: (changes: Partial<WindowValues>) => void;
  onRemove: () => void;
}): JSX.Element {
  return (
    <div role="group" aria-label={label} className={`${styles.stack ?? ''} ${styles.tight ?? ''}`}>
      <div className={styles.row}>
        <Chip.Group multiple value={window.days} onChange={(days) => onChange({ days: inOrder(days) })}>
          {WEEKDAYS.map((day) => (
            <Chip key={day} value={day} size="xs">
              {t(`weekday.${day}`)}
            </Chip>
          ))}
        </Chip.Group>
        <TextInput
          type="time"
          size="xs"
          aria-label={t('beginning')}
          value={window.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          size="xs"
          aria-label={t('end')}
          value={window.to}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={removeLabel} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      {error !== undefined && (
        <span role="alert" className={styles.wrong}>
          {error}
        </span>
      )}
      {error === undefined && window.to <= window.from && <span className={styles.dim}>{t('untilNextDay')}</span>}
    </div>
  );
}

const inOrder = (days: readonly string[]): Weekday[] => WEEKDAYS.filter((day) => days.includes(day));
