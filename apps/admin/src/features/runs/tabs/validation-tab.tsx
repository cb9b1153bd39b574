import type { JSX } from 'react';
import { ReportButton } from '../../../domain/report-button.js';
import { Panel } from '../../../ui/page.js';
import { Blank } from '../../../ui/states.js';
import { Reports } from '../run-reports.js';
import { useRunView } from '../run-view.js';
import { t } from '../words.js';

/** Both sides of the job listed anew and compared, as often as a person asks. */
export function ValidationTab(): JSX.Element {
  const { run } = useRunView();
  const input = { kind: 'VALIDATION', format: 'CSV', subject: { jobId: run.job.id } } as const;
  return (
    <>
      <Panel title={t('validation')} isFlush>
        <Blank title={t('validationTitle')} action={<ReportButton label={t('validate')} input={input} />}>
          {t('validationWhat')}
        </Blank>
      </Panel>
      <Reports subjectId={run.job.id} kinds={['VALIDATION']} title={t('validations')} />
    </>
  );
}
