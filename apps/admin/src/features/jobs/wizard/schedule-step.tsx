import type { JSX } from 'react';
import { hasContents } from '../../../domain/job/transfer-types.js';
import uiStyles from '../../../ui/ui.module.css';
import { BandwidthPanel } from '../bandwidth-panel.js';
import { SchedulePanel } from '../schedule-panel.js';
import type { StepProps } from './step-props.js';

/** When runs start and may work, and how much of the network they use. */
export function ScheduleStep({ values, errors, onChange }: StepProps): JSX.Element {
  return (
    <div className={uiStyles.stack}>
      <SchedulePanel value={values.schedule} errors={errors} onChange={(schedule) => onChange({ schedule })} />
      {hasContents(values.transferType) && (
        <BandwidthPanel limits={values.bandwidth} errors={errors} onChange={(bandwidth) => onChange({ bandwidth })} />
      )}
    </div>
  );
}
