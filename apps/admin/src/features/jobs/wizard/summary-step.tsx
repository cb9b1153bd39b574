import { Textarea, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import { Panel } from '../../../ui/page.js';
import { Notice } from '../../../ui/states.js';
import uiStyles from '../../../ui/ui.module.css';
import { checkJob, createInput, type JobValues } from '../job-input.js';
import { t } from './words.js';
import { Findings } from './findings.js';
import { Forecast } from './forecast.js';
import { useMappingSets } from './mapping-sets.js';
import { StepLink } from './step-links.js';
import type { StepProps } from './step-props.js';
import { stepOfField } from './steps.js';
import { tellJob } from './told.js';
import styles from './wizard.module.css';

type SummaryProps = StepProps & { jobId: string | null };

/** Everything that was decided, what the server finds about it, and what it will take. */
export function SummaryStep(props: SummaryProps): JSX.Element {
  const { values, basis, jobId } = props;
  const { source, destination, transferType } = values;
  const ids = [source.connectionId, ...(isTransfer(transferType) ? [destination.connectionId] : [])];
  const isAskable = Object.keys(checkJob(values)).length === 0;
  return (
    <div className={uiStyles.stack}>
      <Wrong {...props} />
      <Names {...props} />
      <Told {...props} />
      {isAskable && <Findings jobId={jobId} input={createInput(values, basis.defaults)} />}
      {isAskable && <Forecast jobId={jobId} connectionIds={ids} />}
    </div>
  );
}

/** What is wrong at other steps, or lacks there. */
function Wrong({ values, errors, jobId }: SummaryProps): JSX.Element | null {
  const wrong = Object.entries({ ...checkJob(values), ...errors }).filter(([path]) => stepOfField(path) !== 'summary');
  if (wrong.length === 0) return null;
  return (
    <Notice tone="bad" role="alert">
      {wrong.map(([path, message]) => {
        const step = stepOfField(path);
        return (
          <div key={path}>
            {message}{' '}
            <StepLink jobId={jobId} step={step}>
              {t('changeAt', { step: t(`step.${step}`) })}
            </StepLink>
          </div>
        );
      })}
    </Notice>
  );
}

function Names({ values, errors, onChange }: SummaryProps): JSX.Element {
  return (
    <Panel title={t('howCalled')}>
      <div className={uiStyles.stack}>
        <TextInput
          name="name"
          label={t('name')}
          withAsterisk
          error={errors.name}
          value={values.name ?? ''}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Textarea
          name="description"
          label={t('remark')}
          autosize
          minRows={2}
          error={errors.description}
          value={values.description}
          onChange={(event) => onChange({ description: event.currentTarget.value })}
        />
      </div>
    </Panel>
  );
}

function Told({ values, basis, jobId }: { values: JobValues } & Pick<SummaryProps, 'basis' | 'jobId'>): JSX.Element {
  const { sets } = useMappingSets();
  return (
    <Panel title={t('summary')}>
      <dl className={styles.told}>
        {tellJob(values, { ...basis, mappingSets: sets ?? [] }).map(({ step, label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
            <dd>
              <StepLink jobId={jobId} step={step} label={t('changeLabel', { label })}>
                {t('change')}
              </StepLink>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
