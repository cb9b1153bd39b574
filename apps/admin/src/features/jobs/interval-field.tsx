import { NumberInput } from '@mantine/core';
import type { JSX } from 'react';
import type { ScheduleValues } from './schedule-values.js';
import { t } from './words.js';
import '@mantine/core/styles/NumberInput.layer.css';

interface IntervalFieldProps {
  value: ScheduleValues['minutes'];
  error: string | undefined;
  onChange: (minutes: ScheduleValues['minutes']) => void;
}

/** How long after the end of a run the next one starts. */
export function IntervalField({ value, error, onChange }: IntervalFieldProps): JSX.Element {
  return (
    <NumberInput
      name="schedule.starts.intervalAfterEnd"
      label={t('minutes')}
      min={0}
      maw={380}
      error={error}
      value={value}
      onChange={onChange}
    />
  );
}
