import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import styles from '../../ui/ui.module.css';
import type { LimitValues } from './bandwidth-values.js';
import { NEW_WINDOW } from './schedule-values.js';
import { WindowRow, ZoneSelect } from './window-row.js';
import { t } from './words.js';
import '@mantine/core/styles/NumberInput.layer.css';

interface LimitProps {
  number: number;
  limit: LimitValues;
  error: string | undefined;
  onChange: (limit: LimitValues) => void;
  onRemove: () => void;
}

/** The rates of one limit, and when it holds. */
export function LimitFields({ number, limit, error, onChange, onRemove }: LimitProps): JSX.Element {
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
      {error !== undefined && <WrongLimit text={error} />}
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

/** What is wrong with a limit, or with all of them. */
export const WrongLimit = ({ text }: { text: string }): JSX.Element => (
  <span role="alert" className={styles.wrong}>
    {text}
  </span>
);
