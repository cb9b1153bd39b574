import { useQuery } from '@apollo/client/react';
import { Button, Checkbox } from '@mantine/core';
import { useState, type JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { useCan } from '../../domain/session.js';
import { useAction } from '../../graphql/action.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { formatShare } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { toastDone } from '../../ui/toast.js';
import styles from '../../ui/ui.module.css';
import { EntriesUpsert, SetUpdate } from './changes.js';
import { SuggestionsQuery, type SetPage, type Suggestion } from './data.js';
import { tellRefused } from './refused.js';
import { inputOf, NEW_RULE, valuesOf } from './rules.js';
import { t } from './words.js';
import '../../theme/checkbox.css';

interface Asked {
  sourceId: string;
  destinationId: string;
  search: string;
}

const keyOf = ({ source }: Suggestion) => source.key;

/** Names that are like each other, of which a person takes over those that are right. */
export function SuggestionList({ page, asked }: { page: SetPage; asked: Asked }): JSX.Element {
  const { id: set, kind } = page.set;
  const { data, error, loading, refetch } = useQuery(SuggestionsQuery, {
    variables: { ...asked, set, kind, search: asked.search || null },
    fetchPolicy: 'no-cache',
  });
  const again = () => void refetch();
  const found = data?.mappingSuggestions;
  if (found) return <Found page={page} found={found} again={again} />;
  return (
    <Panel title={t('suggestions')} isFlush>
      {loading ? <Loading label={t('comparing')} /> : <Failure error={error ?? t('notAsked')} onRetry={again} />}
    </Panel>
  );
}

interface FoundProps {
  page: SetPage;
  found: readonly Suggestion[];
  again: () => void;
}

function Found({ page, found, again }: FoundProps): JSX.Element {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { takeOver, isBusy } = useTakeOver(page);
  const mayWrite = useCan('MAPPINGS_WRITE');
  const wanted = found.filter((one) => chosen.includes(keyOf(one)));
  const take = async () => {
    if (!(await takeOver(wanted))) return;
    setChosen([]);
    page.again();
    again();
  };
  const toggle = (key: string) =>
    setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  const actions = (
    <TakeOver
      count={wanted.length}
      isBusy={isBusy}
      onChooseAll={() => setChosen(found.map(keyOf))}
      onTake={() => void take()}
    />
  );
  const box = (one: Suggestion) => (
    <ChooseBox one={one} isChosen={chosen.includes(keyOf(one))} onToggle={() => toggle(keyOf(one))} />
  );
  return (
    <Panel
      title={t('suggestionCount', { count: found.length })}
      isFlush
      aside={mayWrite && found.length > 0 && actions}
    >
      <DataTable
        label={t('suggestions')}
        columns={columnsOf(mayWrite ? box : null)}
        rows={found}
        keyOf={keyOf}
        list={{ isLoading: false, hasMore: false, failure: null, onMore: again, onRetry: again }}
        blank={<Blank title={t('noSuggestions')}>{t('noSuggestionsText')}</Blank>}
      />
    </Panel>
  );
}

interface ChooseBoxProps {
  one: Suggestion;
  isChosen: boolean;
  onToggle: () => void;
}

function ChooseBox({ one, isChosen, onToggle }: ChooseBoxProps): JSX.Element {
  return <Checkbox aria-label={t('chooseOf', { name: one.source.label })} checked={isChosen} onChange={onToggle} />;
}

interface TakeOverProps {
  /** How many are chosen. */
  count: number;
  isBusy: boolean;
  onChooseAll: () => void;
  onTake: () => void;
}

function TakeOver({ count, isBusy, onChooseAll, onTake }: TakeOverProps): JSX.Element {
  return (
    <>
      <Button size="xs" variant="default" onClick={onChooseAll}>
        {t('chooseAll')}
      </Button>
      <Button size="xs" disabled={count === 0} loading={isBusy} onClick={onTake}>
        {t('takeOver', { count })}
      </Button>
    </>
  );
}

/** Makes entries of suggestions, or rules in a set of metadata; tells whether that was done. */
function useTakeOver({ set, again }: SetPage) {
  const [upsert, isUpserting] = useAction(EntriesUpsert);
  const [update, isUpdating] = useAction(SetUpdate);
  const ask = async (wanted: readonly Suggestion[]) => {
    if (set.kind !== 'METADATA') {
      const entries = wanted.map(({ source, destination }) => ({
        sourceKey: source.key,
        destinationKey: destination.key,
      }));
      return (await upsert({ id: set.id, entries, expectedVersion: set.version }))?.mappingEntriesUpsert;
    }
    const added = wanted.map(({ source, destination }) =>
      inputOf({ ...NEW_RULE, destinationField: destination.key, value: source.key }),
    );
    const metadataRules = [...set.metadataRules.map((rule) => inputOf(valuesOf(rule))), ...added];
    return (await update({ id: set.id, input: { metadataRules }, expectedVersion: set.version }))?.mappingSetUpdate;
  };
  const takeOver = async (wanted: readonly Suggestion[]): Promise<boolean> => {
    const payload = await ask(wanted);
    if (tellRefused(payload?.userErrors, again) || !payload?.mappingSet) return false;
    toastDone(t('tookOver', { count: wanted.length }));
    return true;
  };
  return { takeOver, isBusy: isUpserting || isUpdating };
}

function columnsOf(box: ((one: Suggestion) => JSX.Element) | null): DataColumn<Suggestion>[] {
  const columns: DataColumn<Suggestion>[] = [
    {
      id: 'source',
      head: t('sourceKey'),
      width: 'minmax(160px, 1fr)',
      sortBy: ({ source }) => source.label.toLowerCase(),
      cell: ({ source }) => <Name name={source} />,
    },
    {
      id: 'destination',
      head: t('destinationKey'),
      width: 'minmax(160px, 1fr)',
      sortBy: ({ destination }) => destination.label.toLowerCase(),
      cell: ({ destination }) => <Name name={destination} />,
    },
    {
      id: 'how',
      head: t('how'),
      width: 'minmax(150px, 0.8fr)',
      sortBy: ({ confidence }) => -confidence,
      cell: ({ match, confidence }) => {
        const word = t.known('match', match) ?? match;
        return confidence < 1 ? t('sure', { match: word, share: formatShare(confidence) }) : word;
      },
    },
  ];
  return box ? [{ id: 'choose', head: t('choose'), width: '74px', cell: box }, ...columns] : columns;
}

function Name({ name: { key, label, email } }: { name: Suggestion['source'] }): JSX.Element {
  const details = [key, email].filter((one) => one !== null && one !== label);
  return (
    <>
      <span className={styles.strong}>{label}</span>
      {details.length > 0 && <span className={styles.sub}>{[...new Set(details)].join(' · ')}</span>}
    </>
  );
}
