import { Button, NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { JSX } from 'react';
import { Panel } from '../../ui/page.js';
import styles from '../../ui/ui.module.css';
import { SchedulePreview } from './schedule-preview.js';
import { CRON_EXAMPLES, NEW_WINDOW, type ScheduleValues, type WindowValues } from './schedule-values.js';
import { WindowRow, ZoneSelect } from './window-row.js';

const KINDS = [
  { value: 'NONE', label: 'Only by hand' },
  { value: 'CRON', label: 'At set times' },
  { value: 'INTERVAL', label: 'After each run' },
] as const;
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
            <ZoneSelect
              name="schedule.timeZone"
              description="Of the times above and of the windows below, also when clocks are set ahead or back."
              error={errors['schedule.timeZone']}
              value={value.timeZone}
              onChange={(timeZone) => set({ timeZone })}
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
          label={`Window ${index + 1}`}
          window={window}
          error={errorOfWindow(errors, index)}
          onChange={(changes) => replace(index, changes)}
          removeLabel={`Remove window ${index + 1}`}
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
