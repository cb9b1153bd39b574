import { useQuery } from '@apollo/client/react';
import type { EnumOf, ResultOf } from '@sluice/client/graphql';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { useStream } from '../../graphql/use-stream.js';
import { formatBytes, formatCount, formatMoment, wordOf } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { Figures, Panel } from '../../ui/page.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import uiStyles from '../../ui/ui.module.css';
import { t } from './words.js';

const ReportsQuery = graphql(`
  query RunReports($id: ID!) {
    reports(subjectId: $id, first: 50) {
      nodes {
        id
        kind
        format
        taskState
        createdAt
        byteSize
        downloadUrl
        failure {
          message
        }
        validation {
          sourceItems
          destinationItems
          equalItems
          missingItems
          extraItems
          differentItems
        }
      }
    }
  }
`);

const ReportsChanged = graphql(`
  subscription RunReportsChanged($after: String) {
    changes(topics: [REPORT], after: $after) {
      cursor
    }
  }
`);

type Report = NonNullable<ResultOf<typeof ReportsQuery>['reports']>['nodes'][number];

const TONES: Record<EnumOf<'TaskState'>, Tone> = { QUEUED: 'wait', RUNNING: 'busy', SUCCEEDED: 'ok', FAILED: 'bad' };

/** Reports about one object, latest first, as they are made. */
export function Reports({
  subjectId,
  kinds,
  title,
}: {
  subjectId: string;
  kinds: readonly EnumOf<'ReportKind'>[];
  title: string;
}): JSX.Element | null {
  const { data, refetch } = useQuery(ReportsQuery, { variables: { id: subjectId }, fetchPolicy: 'cache-and-network' });
  useStream(ReportsChanged, { after: null }, ({ changes }) => {
    void refetch();
    return changes?.cursor ?? null;
  });
  const reports = data?.reports?.nodes.filter(({ kind }) => kinds.includes(kind)) ?? [];
  if (reports.length === 0) return null;
  return (
    <Panel title={title} isFlush>
      <ul className={uiStyles.list} aria-label={title}>
        {reports.map((report) => (
          <li key={report.id}>
            <ReportRow report={report} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ReportRow({ report }: { report: Report }): JSX.Element {
  const { kind, format, taskState, createdAt, byteSize, downloadUrl, failure, validation } = report;
  return (
    <div className={uiStyles.stack}>
      <div className={`${uiStyles.row ?? ''} ${uiStyles.between ?? ''}`}>
        <span>
          <Moment instant={createdAt}>
            {t('reportOf', {
              kind: t.known('reportKind', kind) ?? wordOf(kind),
              format,
              time: formatMoment(createdAt),
            })}
          </Moment>
        </span>
        <span className={uiStyles.row}>
          <StatusTag tone={TONES[taskState]} label={t(`taskState.${taskState}`)} />
          {downloadUrl && (
            <a href={downloadUrl} download>
              {t('download', { size: formatBytes(byteSize) })}
            </a>
          )}
        </span>
      </div>
      {failure && <span className={uiStyles.sub}>{failure.message}</span>}
      {validation && <Totals totals={validation} />}
    </div>
  );
}

function Totals({ totals }: { totals: NonNullable<Report['validation']> }): JSX.Element {
  return (
    <Figures
      figures={[
        {
          name: t('equalItems'),
          value: formatCount(totals.equalItems),
          note: t('ofSides', {
            source: formatCount(totals.sourceItems),
            destination: formatCount(totals.destinationItems),
          }),
        },
        { name: t('missingItems'), value: formatCount(totals.missingItems) },
        { name: t('extraItems'), value: formatCount(totals.extraItems) },
        { name: t('differentItems'), value: formatCount(totals.differentItems) },
      ]}
    />
  );
}
