import { useQuery } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { lazily } from '../../../ui/lazily.js';
import { Panel } from '../../../ui/page.js';
import uiStyles from '../../../ui/ui.module.css';
import { withPatterns, type RuleValues } from '../rule-values.js';
import { t } from './words.js';
import type { StepProps } from './step-props.js';
import styles from './wizard.module.css';

const FilterPreview = lazily(async () => (await import('./filter-preview.js')).FilterPreview);

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

/** What is copied: patterns to include and to leave out, and what they do to the first items of the source. */
export function FiltersStep({ values, errors, onChange }: StepProps): JSX.Element {
  const { rules, source, transferType } = values;
  const set = (changes: Partial<RuleValues>) => onChange({ rules: { ...rules, ...changes } });
  const kept = rules.others.length;
  return (
    <Panel title={t('filters')}>
      <div className={uiStyles.stack}>
        <Patterns value={rules} error={errors.rules} onChange={set} />
        <RuleSets onChoose={(globs) => set({ without: withPatterns(rules.without, globs) })} />
        {transferType === 'SYNC' && <span className={uiStyles.dim}>{t('bothSides')}</span>}
        {kept > 0 && <span className={uiStyles.dim}>{t('otherFilters', { count: kept })}</span>}
        <FilterPreview source={source} rules={rules} />
      </div>
    </Panel>
  );
}

interface PatternsProps {
  value: RuleValues;
  error: string | undefined;
  onChange: (changes: Partial<RuleValues>) => void;
}

function Patterns({ value, error, onChange }: PatternsProps): JSX.Element {
  const lines = { autosize: true, minRows: 3, className: styles.mono };
  return (
    <div className={uiStyles.fields}>
      <Textarea
        {...lines}
        name="rules"
        label={t('leaveOut')}
        description={t('leaveOutHelp')}
        error={error}
        value={value.without}
        onChange={(event) => onChange({ without: event.currentTarget.value })}
      />
      <Textarea
        {...lines}
        name="rules.only"
        label={t('copyOnly')}
        description={t('copyOnlyHelp')}
        value={value.only}
        onChange={(event) => onChange({ only: event.currentTarget.value })}
      />
    </div>
  );
}

/** Patterns that are ready-made on the server, such as those of system files. */
function RuleSets({ onChoose }: { onChoose: (globs: string[]) => void }): JSX.Element {
  const { data } = useQuery(RuleSetsQuery);
  return (
    <div className={uiStyles.row}>
      {data?.itemRuleSets?.map(({ name, description, rules }) => (
        <Button
          key={name}
          size="xs"
          variant="default"
          title={description}
          onClick={() => onChoose(rules.flatMap(({ globs }) => globs))}
        >
          {t('leaveOutSet', { set: name.toLowerCase() })}
        </Button>
      ))}
    </div>
  );
}
