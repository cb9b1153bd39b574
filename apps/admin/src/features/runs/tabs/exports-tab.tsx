import type { JSX } from 'react';
import { ReportButton, type ReportInput } from '../../../domain/report-button.js';
import { Panel } from '../../../ui/page.js';
import uiStyles from '../../../ui/ui.module.css';
import { Reports } from '../run-reports.js';
import { useRunView } from '../run-view.js';
import { t } from '../words.js';

const FORMATS = ['CSV', 'JSONL'] as const;

/** Files of the run's figures, items and log, and those that were made before. */
export function ExportsTab(): JSX.Element {
  const { run, isScan } = useRunView();
  const kinds: ReportInput['kind'][] = ['SUMMARY', 'ITEMS', 'LOG', ...(isScan ? (['SCAN'] as const) : [])];
  return (
    <>
      <Panel title={t('exports')} isFlush>
        <ul className={uiStyles.list}>
          {kinds.map((kind) => (
            <li key={kind}>
              <div className={`${uiStyles.row ?? ''} ${uiStyles.between ?? ''}`}>
                <span>
                  {t.known('reportKind', kind)}
                  <span className={uiStyles.sub}>{t.known('reportHolds', kind)}</span>
                </span>
                <span className={uiStyles.actions}>
                  {FORMATS.map((format) => (
                    <ReportButton
                      key={format}
                      label={t(`makeFormat.${format}`)}
                      input={{ kind, format, subject: { runId: run.id }, timeZone: timeZone() }}
                    />
                  ))}
                </span>
              </div>
            </li>
          ))}
        </ul>
      </Panel>
      <Reports subjectId={run.id} kinds={kinds} title={t('madeBefore')} />
    </>
  );
}

const timeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
