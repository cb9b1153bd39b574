import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import { Panel } from '../../ui/page.js';
import styles from '../../ui/ui.module.css';
import { newLimit, type LimitValues } from './bandwidth-values.js';
import { NEW_WINDOW } from './schedule-values.js';
import { WindowRow, ZoneSelect } from './window-row.js';
import { t } from './words.js';

const MAX_LIMITS = 20;

interface PanelProps {
  limits: readonly LimitValues[];
  /** Messages by field, such as `policies.bandwidth.0`. */
  errors: Readonly<Record<string, string>>;
  onChange: (limits: LimitValues[]) => void;
}

/** How much of the network the job's transfers may use, and when. */
export function BandwidthPanel({ limits, errors, onChange }: PanelProps): JSX.Element {
  const replace = (at: number, limit: LimitValues) =>
    onChange(limits.map((known, index) => (index === at ? limit : known)));
  return (
    <Panel title={t('bandwidth')}>
      <div className={`${styles.stack ?? ''} ${styles.loose ?? ''}`}>
        <span className={styles.dim}>{limits.length === 0 ? t('asTheyCan') : t('firstLimit')}</span>
        {limits.map((limit, index) => (
          <LimitFields
            // A limit has no identity but its place.
            key={index}
            number={index + 1}
            limit={limit}
            error={errors[`policies.bandwidth.${index}`]}
            onChange={(changed) => replace(index, changed)}
            onRemove={() => onChange(limits.filter((_, other) => other !== index))}
          />
        ))}
        {errors['policies.bandwidth'] !== undefined && <Wrong text={errors['policies.bandwidth']} />}
        <Button
          size="xs"
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          disabled={limits.length >= MAX_LIMITS}
          onClick={() => onChange([...limits, newLimit()])}
        >
          {t('addLimit')}
        </Button>
      </div>
    </Panel>
  );
}

interface LimitProps {
  number: number;
  limit: LimitValues;
  error: string | undefined;
  onChange: (limit: LimitValues) => void;
  onRemove: () => void;
}

function LimitFields({ number, limit, error, onChange, onRemove }: LimitProps): JSX.Element {
  const rate = {
    min: 1.024,
    decimalScale: 3,
    clampBehavior: 'none',
    hideControls: true,
    placeholder: t('noLimit'),
  } as const;
  return (
    <div role="group" aria-label={t('limit', { number })} className={styles.stack}>
      <div className={styles.row}>
        <NumberInput
          {...rate}
          name={`policies.bandwidth.${number - 1}`}
          label={t('uploads')}
          value={limit.upload}
          onChange={(upload) => onChange({ ...limit, upload })}
        />
        <NumberInput
          {...rate}
          label={t('downloads')}
          value={limit.download}
          onChange={(download) => onChange({ ...limit, download })}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={t('removeLimit', { number })} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      <LimitTimes number={number} limit={limit} onChange={onChange} />
      {error !== undefined && <Wrong text={error} />}
    </div>
  );
}

/** When the limit holds. */
function LimitTimes({ number, limit, onChange }: Pick<LimitProps, 'number' | 'limit' | 'onChange'>): JSX.Element {
  const { window } = limit;
  if (window === null) {
    return (
      <Button size="xs" variant="default" w="fit-content" onClick={() => onChange({ ...limit, window: NEW_WINDOW })}>
        {t('onlySometimes')}
      </Button>
    );
  }
  return (
    <>
      <WindowRow
        label={t('windowOfLimit', { number })}
        removeLabel={t('limitAnyTime', { number })}
        window={window}
        error={undefined}
        onChange={(changes) => onChange({ ...limit, window: { ...window, ...changes } })}
        onRemove={() => onChange({ ...limit, window: null })}
      />
      <ZoneSelect
        name={`policies.bandwidth.${number - 1}.timeZone`}
        description={t('limitZoneHelp')}
        error={undefined}
        value={limit.timeZone}
        onChange={(timeZone) => onChange({ ...limit, timeZone })}
      />
    </>
  );
}

const Wrong = ({ text }: { text: string }): JSX.Element => (
  <span role="alert" className={styles.wrong}>
    {text}
  </span>
);
