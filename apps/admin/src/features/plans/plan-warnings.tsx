import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { IssueData } from '../../domain/job/job-data.js';
import { IssueList } from '../../domain/job/issue-list.js';
import { Panel } from '../../ui/page.js';
import styles from '../../ui/ui.module.css';
import { t } from './words.js';

/** What the plan found; remarks that call for nothing are shown when they are asked for. */
export function PlanWarnings({ issues }: { issues: readonly IssueData[] }): JSX.Element {
  const [isAll, setAll] = useState(false);
  const serious = issues.filter(({ severity }) => severity !== 'INFO');
  const notes = issues.length - serious.length;
  const shown = isAll ? issues : serious;
  return (
    <Panel title={t('warnings')} isFlush>
      {shown.length > 0 && <IssueList issues={shown} label={t('warningsLabel')} />}
      {notes > 0 && (
        <div className={styles.panelNote}>
          <Button size="xs" variant="default" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
            {isAll ? t('fewerNotes') : t('showNotes', { count: notes })}
          </Button>
        </div>
      )}
    </Panel>
  );
}
