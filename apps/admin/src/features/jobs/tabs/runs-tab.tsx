import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import { RunRows } from '../../../domain/run/run-rows.js';
import { Panel } from '../../../ui/page.js';
import { Blank } from '../../../ui/states.js';
import type { PartProps } from './part-props.js';
import { t } from './words.js';

/** The runs of the job, the newest first. */
export function RunsTab({ job, onMoreRuns }: PartProps): JSX.Element {
  return (
    <Panel title={t('runs', { count: job.runs.totalCount })} isFlush>
      {job.runs.nodes.length === 0 ? (
        <Blank title={t('notRunYet')}>
          {isTransfer(job.transferType) ? t('notRunYetTransfer') : t('notRunYetScan')}
        </Blank>
      ) : (
        <RunRows runs={job.runs.nodes} />
      )}
      {onMoreRuns && (
        <Button variant="subtle" m="sm" onClick={onMoreRuns}>
          {t('showMoreRuns')}
        </Button>
      )}
    </Panel>
  );
}
