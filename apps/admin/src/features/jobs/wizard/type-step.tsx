import { Radio } from '@mantine/core';
import type { JSX } from 'react';
import { isOffered, OFFERED_TYPES, typeLabel } from '../../../domain/job/transfer-types.js';
import { Notice } from '../../../ui/states.js';
import uiStyles from '../../../ui/ui.module.css';
import { withType } from '../job-input.js';
import { t } from './words.js';
import type { StepProps } from './step-props.js';
import styles from './wizard.module.css';
import '../../../theme/radio.css';

/** Types that delete whatever their policies are. */
const DELETING: readonly string[] = ['MOVE', 'PUBLISH', 'SYNC'];

/** Seven cards, each with what the type changes and what it deletes. */
export function TypeStep({ values, errors, basis, isSaved, onChange }: StepProps): JSX.Element {
  const choose = (type: string) => {
    if (!isOffered(type)) return;
    const { transferType, policies, bandwidth, mappingSetIds } = withType(values, type, basis.defaults);
    onChange({ transferType, policies, bandwidth, mappingSetIds });
  };
  return (
    <div className={uiStyles.stack}>
      {isSaved && <Notice tone="idle">{t('typeStays')}</Notice>}
      <Radio.Group aria-label={t('type')} error={errors.transferType} value={values.transferType} onChange={choose}>
        <div className={styles.cards}>
          {OFFERED_TYPES.map((type) => (
            <TypeCard key={type} type={type} isDisabled={isSaved && type !== values.transferType} />
          ))}
        </div>
      </Radio.Group>
    </div>
  );
}

function TypeCard({ type, isDisabled }: { type: (typeof OFFERED_TYPES)[number]; isDisabled: boolean }): JSX.Element {
  return (
    <Radio.Card
      value={type}
      className={styles.card}
      disabled={isDisabled}
      aria-label={typeLabel(type)}
      aria-describedby={`type-${type}`}
    >
      <span className={styles.cardHead}>
        <Radio.Indicator />
        {typeLabel(type)}
      </span>
      <span id={`type-${type}`} className={styles.cardText}>
        <span>{t(`typeChanges.${type}`)}</span>
        <span className={styles.cardDeletes} data-deletes={DELETING.includes(type) || undefined}>
          {t(`typeDeletes.${type}`)}
        </span>
      </span>
    </Radio.Card>
  );
}
