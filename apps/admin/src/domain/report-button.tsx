import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import { graphql, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import { newKey, useAction } from '../graphql/action.js';
import { client } from '../graphql/client.js';
import { ProblemFields } from '../graphql/problems.js';
import { useStream } from '../graphql/use-stream.js';
import { toastProblems } from '../ui/toast.js';

const ReportFields = graphql(`
  fragment ReportFields on Report {
    id
    taskState
    failure {
      message
    }
    downloadUrl
  }
`);
type Report = ResultOf<typeof ReportFields>;

const ReportCreate = graphql(
  `
    mutation ReportCreate($input: ReportCreateInput!, $key: String) {
      reportCreate(input: $input, idempotencyKey: $key) {
        report {
          ...ReportFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ReportFields, ProblemFields],
);

const ReportQuery = graphql(
  `
    query Report($id: ID!) {
      node(id: $id) {
        __typename
        ...ReportFields
      }
    }
  `,
  [ReportFields],
);

const ReportsChanged = graphql(`
  subscription ReportsChanged($after: String) {
    changes(topics: [REPORT], after: $after) {
      cursor
      subjectId
    }
  }
`);

export type ReportInput = VariablesOf<typeof ReportCreate>['input'];

/** Makes a report, follows how it is made, and downloads its file. */
export function ReportButton({ label, input }: { label: string; input: ReportInput }): JSX.Element {
  const [create] = useAction(ReportCreate);
  const [making, setMaking] = useState<string | null>(null);
  const end = (report: Report | null) => {
    setMaking(null);
    if (report?.downloadUrl) download(report.downloadUrl);
    else toastProblems(report?.failure ? [report.failure] : []);
  };
  useMaking(making, end);
  const make = async () => {
    const payload = (await create({ input, key: newKey() }))?.reportCreate;
    if (toastProblems(payload?.userErrors) || !payload?.report) return;
    setMaking(payload.report.id);
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      loading={making !== null}
      onClick={() => void make()}
    >
      {label}
    </Button>
  );
}

/** Tells of a report once it is made: looks when the stream begins, and at each change of it. */
function useMaking(id: string | null, onEnd: (report: Report | null) => void): void {
  const look = async () => {
    if (id === null) return;
    const { data } = await client.query({ query: ReportQuery, variables: { id }, fetchPolicy: 'network-only' });
    const report = data?.node?.__typename === 'Report' ? data.node : null;
    if (report === null || report.taskState === 'SUCCEEDED' || report.taskState === 'FAILED') onEnd(report);
  };
  const state = useStream(ReportsChanged, id === null ? null : { after: null }, ({ changes }) => {
    if (changes?.subjectId === id) void look();
    return changes?.cursor ?? null;
  });
  useEffect(() => {
    if (id !== null && state === 'live') void look();
    // Looks again only for another report or a new connection.
  }, [id, state]);
}

function download(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  link.click();
}
