import { useQuery } from '@apollo/client/react';
import { Table } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { graphql, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { Failure } from '../../../domain/failure.js';
import { Loading } from '../../../ui/states.js';
import { StatusTag } from '../../../ui/tag.js';
import uiStyles from '../../../ui/ui.module.css';
import { normalPath, type LocationValues } from '../job-input.js';
import { ruleInputs, type RuleValues } from '../rule-values.js';
import { t } from './words.js';
import styles from './wizard.module.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import '@mantine/core/styles/Table.layer.css';

const PreviewQuery = graphql(`
  query RulePreview($location: LocationInput!, $rules: [ItemRuleInput!]!) {
    itemRulePreview(location: $location, rules: $rules, first: 200) {
      entry {
        remoteId
        path
        kind
      }
      isIncluded
      decidingRule
    }
  }
`);

type Variables = VariablesOf<typeof PreviewQuery>;
type Row = NonNullable<ResultOf<typeof PreviewQuery>['itemRulePreview']>[number];

/** Long enough for a pattern to be written: each look lists a part of the source. */
const PAUSE_MS = 800;

/** What filters that are being written do to the first items of the source. */
export function FilterPreview({ source, rules }: { source: LocationValues; rules: RuleValues }): JSX.Element {
  const location = { connectionId: source.connectionId, at: { path: normalPath(source.path) } };
  const now = JSON.stringify({ location, rules: ruleInputs(rules) });
  const [asked] = useDebouncedValue(now, PAUSE_MS);
  const isChosen = source.connectionId !== '';
  const { data, previousData, error, loading, refetch } = useQuery(PreviewQuery, {
    variables: JSON.parse(asked) as Variables,
    skip: !isChosen,
    fetchPolicy: 'no-cache',
    notifyOnNetworkStatusChange: true,
  });
  if (!isChosen) return <span className={uiStyles.dim}>{t('previewNeedsSource')}</span>;
  if (error && !loading) return <Failure error={error} onRetry={() => void refetch()} />;
  const rows = (data ?? previousData)?.itemRulePreview;
  if (!rows) return <Loading label={t('previewing')} rows={2} />;
  if (rows.length === 0) return <span className={uiStyles.dim}>{t('previewNothing')}</span>;
  return <Preview rows={rows} isOld={loading || asked !== now} />;
}

function Preview({ rows, isOld }: { rows: readonly Row[]; isOld: boolean }): JSX.Element {
  const included = rows.filter(({ isIncluded }) => isIncluded).length;
  return (
    <div className={uiStyles.stack}>
      <span role="status" className={uiStyles.dim}>
        {isOld
          ? t('previewing')
          : t('previewResult', { count: rows.length, included, excluded: rows.length - included })}
      </span>
      <div className={styles.preview} tabIndex={0} role="region" aria-label={t('previewLabel')} aria-busy={isOld}>
        <Table>
          <Table.Tbody>
            {rows.map(({ entry, isIncluded }) => (
              <Table.Tr key={entry.remoteId}>
                <Table.Td w={130}>
                  <StatusTag tone={isIncluded ? 'ok' : 'idle'} label={isIncluded ? t('copied') : t('leftOut')} />
                </Table.Td>
                <Table.Td className={uiStyles.path}>
                  {entry.path}
                  {entry.kind === 'FOLDER' ? '/' : ''}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  );
}
