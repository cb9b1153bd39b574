import { useLazyQuery, useQuery } from '@apollo/client/react';
import { Button, Table, Textarea } from '@mantine/core';
import type { JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { Panel } from '../../ui/page.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { normalPath, type LocationValues } from './job-input.js';
import { ruleInputs, withPatterns, type RuleValues } from './rule-values.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const RuleSetsQuery = graphql(`
  query RuleSets {
    itemRuleSets {
      name
      description
      rules {
        globs
      }
    }
  }
`);

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

const MONOSPACE = { input: { fontFamily: 'var(--mantine-font-family-monospace)' } };

/** What is copied: patterns to include and to leave out, and what they do to the first items of the source. */
export function RulePanel({
  source,
  isTwoSided,
  value,
  error,
  onChange,
}: {
  source: LocationValues;
  /** Whether both sides are changed. */
  isTwoSided: boolean;
  value: RuleValues;
  error: string | undefined;
  onChange: (value: RuleValues) => void;
}): JSX.Element {
  const { data } = useQuery(RuleSetsQuery);
  const kept = value.others.length;
  return (
    <Panel title={t('filters')}>
      <div className={styles.stack} style={{ gap: 20 }}>
        <div className={styles.fields}>
          <Textarea
            name="rules.without"
            label={t('leaveOut')}
            description={t('leaveOutHelp')}
            autosize
            minRows={3}
            error={error}
            styles={MONOSPACE}
            value={value.without}
            onChange={(event) => onChange({ ...value, without: event.currentTarget.value })}
          />
          <Textarea
            name="rules.only"
            label={t('copyOnly')}
            description={t('copyOnlyHelp')}
            autosize
            minRows={3}
            styles={MONOSPACE}
            value={value.only}
            onChange={(event) => onChange({ ...value, only: event.currentTarget.value })}
          />
        </div>
        <div className={styles.row}>
          {data?.itemRuleSets?.map(({ name, description, rules }) => (
            <Button
              key={name}
              size="xs"
              variant="default"
              title={description}
              onClick={() =>
                onChange({
                  ...value,
                  without: withPatterns(
                    value.without,
                    rules.flatMap(({ globs }) => globs),
                  ),
                })
              }
            >
              {t('leaveOutSet', { set: name.toLowerCase() })}
            </Button>
          ))}
        </div>
        {isTwoSided && <span className={styles.dim}>{t('bothSides')}</span>}
        {kept > 0 && <span className={styles.dim}>{t('otherFilters', { count: kept })}</span>}
        {/* What other filters did is not shown any more. */}
        <Preview key={JSON.stringify([source, ruleInputs(value)])} source={source} value={value} />
      </div>
    </Panel>
  );
}

function Preview({ source, value }: { source: LocationValues; value: RuleValues }): JSX.Element {
  const [ask, { data, error, loading }] = useLazyQuery(PreviewQuery, { fetchPolicy: 'no-cache' });
  const { connectionId, path } = source;
  const show = () =>
    void ask({
      variables: { location: { connectionId, at: { path: normalPath(path) } }, rules: ruleInputs(value) },
    });
  const rows = data?.itemRulePreview ?? [];
  const included = rows.filter(({ isIncluded }) => isIncluded).length;
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <Button size="xs" variant="light" loading={loading} disabled={connectionId === ''} onClick={show}>
          {t('previewFilters')}
        </Button>
        {data && !error && (
          <span className={styles.dim} role="status">
            {t('previewResult', { count: rows.length, included, excluded: rows.length - included })}
          </span>
        )}
      </div>
      {error && <Failure error={error} onRetry={show} />}
      {!error && rows.length > 0 && (
        <div style={{ maxHeight: 320, overflow: 'auto' }} tabIndex={0} role="region" aria-label={t('previewLabel')}>
          <Table>
            <Table.Tbody>
              {rows.map(({ entry, isIncluded }) => (
                <Table.Tr key={entry.remoteId}>
                  <Table.Td w={130}>
                    <StatusTag tone={isIncluded ? 'ok' : 'idle'} label={isIncluded ? t('copied') : t('leftOut')} />
                  </Table.Td>
                  <Table.Td className={styles.path}>
                    {entry.path}
                    {entry.kind === 'FOLDER' ? '/' : ''}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </div>
  );
}
