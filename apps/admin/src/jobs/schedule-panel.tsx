import { ActionIcon, Button, Chip, NumberInput, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import { Panel } from '../ui/page.js';
import styles from '../ui/ui.module.css';
import { SchedulePreview } from './schedule-preview.js';
import {
  CRON_EXAMPLES,
  NEW_WINDOW,
  WEEKDAY_WORDS,
  WEEKDAYS,
  type ScheduleValues,
  type Weekday,
  type WindowValues,
} from './schedule-values.js';

const KINDS = [
  { value: 'NONE', label: 'Only by hand' },
  { value: 'CRON', label: 'At set times' },
  { value: 'INTERVAL', label: 'After each run' },
] as const;
const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
const MAX_WINDOWS = 20;

interface PanelProps {
  value: ScheduleValues;
  /** Messages by field, such as `schedule.starts.cron`. */
  errors: Readonly<Record<string, string>>;
  onChange: (value: ScheduleValues) => void;
}

/** When the job runs by itself, and at which times its runs may work. */
export function SchedulePanel({ value, errors, onChange }: PanelProps): JSX.Element {
  const set = (changes: Partial<ScheduleValues>) => onChange({ ...value, ...changes });
  return (
    <Panel title="Schedule">
      <div className={styles.stack} style={{ gap: 20 }}>
        <SegmentedControl
          aria-label="How runs start"
          data={[...KINDS]}
          value={value.kind}
          onChange={(kind) => set({ kind })}
          w="fit-content"
        />
        {value.kind === 'NONE' && (
          <span className={styles.dim}>Runs start when somebody starts them, or another system by the API.</span>
        )}
        {value.kind === 'CRON' && <CronFields value={value} errors={errors} onChange={onChange} />}
        {value.kind === 'INTERVAL' && (
          <NumberInput
            name="schedule.starts.intervalAfterEnd"
            label="Minutes from the end of a run to the next start"
            min={0}
            maw={380}
            error={errors['schedule.starts.intervalAfterEnd']}
            value={value.minutes}
            onChange={(minutes) => set({ minutes })}
          />
        )}
        {value.kind !== 'NONE' && (
          <>
            <Select
              name="schedule.timeZone"
              label="Time zone"
              description="Of the times above and of the windows below, also when clocks are set ahead or back."
              searchable
              allowDeselect={false}
              maw={380}
              data={ZONES.includes(value.timeZone) ? ZONES : [value.timeZone, ...ZONES]}
              error={errors['schedule.timeZone']}
              value={value.timeZone}
              onChange={(timeZone) => set({ timeZone: timeZone ?? 'UTC' })}
            />
            <WindowFields windows={value.windows} errors={errors} onChange={(windows) => set({ windows })} />
            <Switch
              label="In force"
              description="Switched off, the schedule is kept and starts nothing."
              checked={value.isEnabled}
              onChange={(event) => set({ isEnabled: event.currentTarget.checked })}
            />
            <SchedulePreview value={value} />
          </>
        )}
      </div>
    </Panel>
  );
}

function CronFields({ value, errors, onChange }: PanelProps): JSX.Element {
  return (
    <div className={styles.stack}>
      <TextInput
        name="schedule.starts.cron"
        label="Cron expression"
        description="Minute, hour, day of the month, month, day of the week: 30 2 * * 1-5 is 02:30 from Monday to Friday."
        maw={380}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        error={errors['schedule.starts.cron']}
        value={value.cron}
        onChange={(event) => onChange({ ...value, cron: event.currentTarget.value })}
      />
      <div className={styles.row}>
        {CRON_EXAMPLES.map(({ label, cron }) => (
          <Button key={cron} size="xs" variant="default" onClick={() => onChange({ ...value, cron })}>
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}

function WindowFields({
  windows,
  errors,
  onChange,
}: {
  windows: readonly WindowValues[];
  errors: Readonly<Record<string, string>>;
  onChange: (windows: WindowValues[]) => void;
}): JSX.Element {
  const replace = (at: number, changes: Partial<WindowValues>) =>
    onChange(windows.map((window, index) => (index === at ? { ...window, ...changes } : window)));
  return (
    <div className={styles.stack}>
      <span className={styles.dim}>
        {windows.length === 0
          ? 'Runs may work at any time.'
          : 'Runs work in these windows only; outside they wait and go on by themselves.'}
      </span>
      {windows.map((window, index) => (
        <WindowRow
          // A window has no identity but its place.
          key={index}
          number={index + 1}
          window={window}
          error={errorOfWindow(errors, index)}
          onChange={(changes) => replace(index, changes)}
          onRemove={() => onChange(windows.filter((_, other) => other !== index))}
        />
      ))}
      <Button
        size="xs"
        variant="default"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        disabled={windows.length >= MAX_WINDOWS}
        onClick={() => onChange([...windows, NEW_WINDOW])}
      >
        Add window
      </Button>
    </div>
  );
}

/** What is wrong with a window or with anything in it. */
function errorOfWindow(errors: Readonly<Record<string, string>>, index: number): string | undefined {
  const path = `schedule.windows.${index}`;
  return Object.entries(errors).find(([field]) => field === path || field.startsWith(`${path}.`))?.[1];
}

function WindowRow({
  number,
  window,
  error,
  onChange,
  onRemove,
}: {
  number: number;
  window: WindowValues;
  error: string | undefined;
  onChange: (changes: Partial<WindowValues>) => void;
  onRemove: () => void;
}): JSX.Element {
  return (
    <div role="group" aria-label={`Window ${number}`} className={styles.stack} style={{ gap: 6 }}>
      <div className={styles.row}>
        <Chip.Group multiple value={window.days} onChange={(days) => onChange({ days: inOrder(days) })}>
          {WEEKDAYS.map((day) => (
            <Chip key={day} value={day} size="xs">
              {WEEKDAY_WORDS[day]}
            </Chip>
          ))}
        </Chip.Group>
        <TextInput
          type="time"
          size="xs"
          aria-label="Beginning"
          value={window.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          size="xs"
          aria-label="End"
          value={window.to}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove window ${number}`} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      {error !== undefined && (
        <span role="alert" style={{ color: 'var(--mantine-color-error)', fontSize: 12 }}>
          {error}
        </span>
      )}
      {error === undefined && window.to <= window.from && <span className={styles.dim}>Until the next day.</span>}
    </div>
  );
}

const inOrder = (days: readonly string[]): Weekday[] => WEEKDAYS.filter((day) => days.includes(day));
