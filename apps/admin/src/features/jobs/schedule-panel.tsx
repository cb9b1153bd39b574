import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { JSX } from 'react';
import { lazily } from '../../ui/lazily.js';
import { Panel } from '../../ui/page.js';
import styles from '../../ui/ui.module.css';
import { SchedulePreview } from './schedule-preview.js';
import { CRON_EXAMPLES, NEW_WINDOW, type ScheduleValues, type WindowValues } from './schedule-values.js';
import { WindowRow, ZoneSelect } from './window-row.js';
import { t } from './words.js';
import '../../theme/segmented-control.css';
import '../../theme/switch.css';

const IntervalField = lazily(async () => (await import('./interval-field.js')).IntervalField);

const KINDS = ['NONE', 'CRON', 'INTERVAL'] as const;
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
    <Panel title={t('schedule')}>
      <div className={`${styles.stack ?? ''} ${styles.loose ?? ''}`}>
        <SegmentedControl
          aria-label={t('howStart')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          value={value.kind}
          onChange={(kind) => set({ kind })}
          w="fit-content"
        />
        {value.kind === 'NONE' && <span className={styles.dim}>{t('byHandHelp')}</span>}
        {value.kind === 'CRON' && <CronFields value={value} errors={errors} onChange={onChange} />}
        {value.kind === 'INTERVAL' && (
          <IntervalField
            error={errors['schedule.starts.intervalAfterEnd']}
            value={value.minutes}
            onChange={(minutes) => set({ minutes })}
          />
        )}
        {value.kind !== 'NONE' && <UnattendedFields value={value} errors={errors} onChange={onChange} />}
      </div>
    </Panel>
  );
}

/** What every schedule has, however it starts the runs. */
function UnattendedFields({ value, errors, onChange }: PanelProps): JSX.Element {
  const set = (changes: Partial<ScheduleValues>) => onChange({ ...value, ...changes });
  return (
    <>
      <ZoneSelect
        name="schedule.timeZone"
        description={t('scheduleZoneHelp')}
        error={errors['schedule.timeZone']}
        value={value.timeZone}
        onChange={(timeZone) => set({ timeZone })}
      />
      <WindowFields windows={value.windows} errors={errors} onChange={(windows) => set({ windows })} />
      <Switch
        name="schedule.followsChanges"
        label={t('followsChanges')}
        description={t('followsChangesHelp')}
        error={errors['schedule.followsChanges']}
        checked={value.followsChanges}
        onChange={(event) => set({ followsChanges: event.currentTarget.checked })}
      />
      <Switch
        label={t('inForce')}
        description={t('inForceHelp')}
        checked={value.isEnabled}
        onChange={(event) => set({ isEnabled: event.currentTarget.checked })}
      />
      <SchedulePreview value={value} />
    </>
  );
}

function CronFields({ value, errors, onChange }: PanelProps): JSX.Element {
  return (
    <div className={styles.stack}>
      <TextInput
        name="schedule.starts.cron"
        label={t('cron')}
        description={t('cronHelp')}
        maw={380}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        error={errors['schedule.starts.cron']}
        value={value.cron}
        onChange={(event) => onChange({ ...value, cron: event.currentTarget.value })}
      />
      <div className={styles.row}>
        {CRON_EXAMPLES.map(({ example, cron }) => (
          <Button key={cron} size="xs" variant="default" onClick={() => onChange({ ...value, cron })}>
            {t(`example.${example}`)}
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
      <span className={styles.dim}>{windows.length === 0 ? t('anyTime') : t('onlyWindows')}</span>
      {windows.map((window, index) => (
        <WindowRow
          // A window has no identity but its place.
          key={index}
          label={t('window', { number: index + 1 })}
          window={window}
          error={errorOfWindow(errors, index)}
          onChange={(changes) => replace(index, changes)}
          removeLabel={t('removeWindow', { number: index + 1 })}
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
        {t('addWindow')}
      </Button>
    </div>
  );
}

/** What is wrong with a window or with anything in it. */
function errorOfWindow(errors: Readonly<Record<string, string>>, index: number): string | undefined {
  const path = `schedule.windows.${index}`;
  return Object.entries(errors).find(([field]) => field === path || field.startsWith(`${path}.`))?.[1];
}
