import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { JSX } from 'react';
import { lazily } from '../../ui/lazily.js';
import { Panel } from '../../ui/page.js';
import styles from '../../ui/ui.module.css';
import { newLimit, type LimitValues } from './bandwidth-values.js';
import { t } from './words.js';

/** Most jobs have no limit, and its fields weigh more than the form around them. */
const LimitFields = lazily(async () => (await import('./limit-fields.js')).LimitFields);
const WrongLimit = lazily(async () => (await import('./limit-fields.js')).WrongLimit);

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
        {errors['policies.bandwidth'] !== undefined && <WrongLimit text={errors['policies.bandwidth']} />}
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
