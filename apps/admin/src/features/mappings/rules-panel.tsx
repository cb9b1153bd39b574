import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useCan } from '../../domain/session.js';
import { useAction } from '../../graphql/action.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { lazily } from '../../ui/lazily.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { SetUpdate } from './changes.js';
import type { Rule, SetPage } from './data.js';
import { tellRefused } from './refused.js';
import { useRuleRemoval } from './removal.js';
import { inputOf, moved, valuesOf } from './rules.js';
import { t } from './words.js';

const RowMenu = lazily(async () => (await import('./row-menu.js')).RowMenu);
const RuleDialog = lazily(async () => (await import('./rule-dialog.js')).RuleDialog);

/** The rule in this place; none where one is added. */
interface Edited {
  place: number | null;
}
type Placed = Rule & { place: number };

export function Rules({ page }: { page: SetPage }): JSX.Element {
  const { set } = page;
  const [edited, setEdited] = useState<Edited | null>(null);
  const mayWrite = useCan('MAPPINGS_WRITE');
  const move = useMove(page);
  const remove = useRuleRemoval(page);
  const rows = set.metadataRules.map((rule, place): Placed => ({ ...rule, place }));
  const menu = (row: Placed) => (
    <RuleMenu row={row} isLast={row.place === rows.length - 1} onEdit={setEdited} onRemove={remove} onMove={move} />
  );
  const add = (
    <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setEdited({ place: null })}>
      {t('addRule')}
    </Button>
  );
  return (
    <>
      <p className={styles.intro}>{t('rulesLead')}</p>
      <Panel title={t('ruleCount', { count: rows.length })} isFlush aside={mayWrite && add}>
        <DataTable
          label={t('rules')}
          columns={columnsOf(mayWrite ? menu : null)}
          rows={rows}
          keyOf={({ place }) => String(place)}
          list={{ isLoading: false, hasMore: false, failure: null, onMore: page.again, onRetry: page.again }}
          blank={<Blank title={t('noRules')}>{t('noRulesText')}</Blank>}
        />
        {edited && <RuleDialog page={page} place={edited.place} onClose={() => setEdited(null)} />}
      </Panel>
    </>
  );
}

function useMove({ set, again }: SetPage) {
  const [update] = useAction(SetUpdate);
  return async (place: number, step: -1 | 1) => {
    const metadataRules = moved(set.metadataRules, place, step).map((rule) => inputOf(valuesOf(rule)));
    const variables = { id: set.id, input: { metadataRules }, expectedVersion: set.version };
    if (!tellRefused((await update(variables))?.mappingSetUpdate?.userErrors, again)) again();
  };
}

function RuleMenu({
  row: { place, destinationField },
  isLast,
  onEdit,
  onRemove,
  onMove,
}: {
  row: Placed;
  isLast: boolean;
  onEdit: (edited: Edited) => void;
  onRemove: (place: number) => void;
  onMove: (place: number, step: -1 | 1) => Promise<void>;
}): JSX.Element {
  return (
    <RowMenu
      name={destinationField}
      onChange={() => onEdit({ place })}
      onRemove={() => onRemove(place)}
      onUp={place === 0 ? undefined : () => void onMove(place, -1)}
      onDown={isLast ? undefined : () => void onMove(place, 1)}
    />
  );
}

function columnsOf(menu: ((row: Placed) => JSX.Element) | null): DataColumn<Placed>[] {
  const columns: DataColumn<Placed>[] = [
    {
      id: 'field',
      head: t('field'),
      width: 'minmax(180px, 1fr)',
      cell: ({ destinationField, isRequired }) => (
        <>
          <span className={styles.strong}>{destinationField}</span>{' '}
          {isRequired && <StatusTag tone="idle" label={t('required')} />}
        </>
      ),
    },
    { id: 'value', head: t('value'), width: 'minmax(220px, 1.4fr)', cell: (rule) => <Value rule={rule} /> },
  ];
  return menu ? [...columns, { id: 'actions', head: t('actions'), width: '64px', cell: menu }] : columns;
}

function Value({ rule }: { rule: Rule }): JSX.Element {
  const { sourceField, fixedValue, template, defaultValue, choices } = rule;
  return (
    <>
      {fixedValue === null ? (sourceField ?? template) : t('fixed', { value: fixedValue })}
      {choices.length > 0 && <span className={styles.sub}>{t('choiceCount', { count: choices.length })}</span>}
      {defaultValue !== null && <span className={styles.sub}>{t('otherwise', { value: defaultValue })}</span>}
    </>
  );
}
