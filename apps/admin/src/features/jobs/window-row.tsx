import { ActionIcon, Chip, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import styles from '../../ui/ui.module.css';
import { WEEKDAYS, type Weekday, type WindowValues } from './schedule-values.js';
import { t } from './words.js';

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
    <div role="group" aria-label={label} className={styles.stack} style={{ gap: 6 }}>
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
        <span role="alert" style={{ color: 'var(--mantine-color-error)', fontSize: 12 }}>
          {error}
        </span>
      )}
      {error === undefined && window.to <= window.from && <span className={styles.dim}>{t('untilNextDay')}</span>}
    </div>
  );
}

const inOrder = (days: readonly string[]): Weekday[] => WEEKDAYS.filter((day) => days.includes(day));
