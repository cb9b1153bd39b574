import { Modal, TextInput, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState, type JSX, type KeyboardEvent } from 'react';
import { useCan } from '../domain/session.js';
import { useFocusReturn } from '../ui/focus.js';
import type { Place } from './navigation.js';
import { useFound } from './palette-data.js';
import styles from './palette.module.css';
import { t } from './words.js';
import '../theme/dialog.css';

interface Choice {
  key: string;
  name: string;
  /** What it is, such as "Job". */
  kind: string;
  go: () => Promise<void>;
}

/** Finds a page, job, run or connection by its name, and goes there. Arrow keys choose, Enter goes. */
export function Palette({ places, onClose }: { places: readonly Place[]; onClose: () => void }): JSX.Element {
  useFocusReturn();
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), 200);
  const { choices, isFailed, isSearching } = useChoices(places, text.trim(), settled);
  const go = (choice: Choice) => {
    onClose();
    void choice.go();
  };
  const { chosen, chooseFirst, onKey } = useKeyedChoice(choices, go);
  return (
    <Modal opened onClose={onClose} title={t('search')} closeButtonProps={{ 'aria-label': t('closeSearch') }}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('searchWhat')}
        aria-expanded={choices.length > 0}
        aria-controls={choices.length > 0 ? 'palette' : undefined}
        aria-autocomplete="list"
        aria-activedescendant={choices.length > 0 ? `palette-${chosen}` : undefined}
        placeholder={t('searchWhat')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.currentTarget.value);
          chooseFirst();
        }}
        onKeyDown={onKey}
      />
      {choices.length > 0 && <Choices choices={choices} chosen={chosen} onChoose={go} />}
      <p role="status" className={styles.found}>
        {isFailed ? t('searchFailed') : choices.length === 0 && !isSearching ? t('nothingFound') : ''}
      </p>
    </Modal>
  );
}

/** Which of the choices the arrow keys have come to; Enter takes it. */
function useKeyedChoice(choices: readonly Choice[], onTake: (choice: Choice) => void) {
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, choices.length - 1);
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const choice = choices[chosen];
    if (step !== 0) setAt((chosen + step + choices.length) % Math.max(1, choices.length));
    else if (event.key !== 'Enter') return;
    else if (choice) onTake(choice);
    event.preventDefault();
  };
  return { chosen, chooseFirst: () => setAt(0), onKey };
}

function Choices({
  choices,
  chosen,
  onChoose,
}: {
  choices: readonly Choice[];
  chosen: number;
  onChoose: (choice: Choice) => void;
}): JSX.Element {
  useEffect(() => {
    void document.getElementById(`palette-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <ul id="palette" role="listbox" aria-label={t('search')} className={styles.below}>
      {choices.map((choice, index) => (
        <li
          key={choice.key}
          id={`palette-${index}`}
          role="option"
          aria-selected={index === chosen}
          className={styles.choice}
          onClick={() => onChoose(choice)}
        >
          <span>{choice.name}</span> <span className={styles.kind}>{choice.kind}</span>
        </li>
      ))}
    </ul>
  );
}

/** Pages at once, and what the server finds once the text rests. */
function useChoices(places: readonly Place[], text: string, settled: string) {
  const router = useRouter();
  const { found, isFailed, isSearching } = useFound(settled);
  const pages = places.map(({ to, name }) => ({
    key: to,
    name: t(`place.${name}`),
    kind: t('kindOf.page'),
    go: () => router.navigate({ to }),
  }));
  const objects = found.map(({ kind, name, target }) => ({
    key: `${kind} ${JSON.stringify(target.params)}`,
    name,
    kind: t(`kindOf.${kind}`),
    go: () => router.navigate(target),
  }));
  const actions = useActions();
  const holds = ({ name }: Choice) => name.toLocaleLowerCase().includes(text.toLocaleLowerCase());
  return {
    choices: [...pages, ...actions, ...objects].filter(holds),
    isFailed,
    isSearching: isSearching || text !== settled,
  };
}

/** What can be begun from anywhere, as far as the person may. */
function useActions(): Choice[] {
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const may = { job: useCan('JOBS_WRITE'), connection: useCan('CONNECTIONS_WRITE') };
  const colours = async () => setColorScheme(isDark ? 'light' : 'dark');
  const actions = [
    may.job && { name: t('action.newJob'), go: () => router.navigate({ to: '/jobs/new' }) },
    may.connection && { name: t('action.addConnection'), go: () => router.navigate({ to: '/connections/new' }) },
    { name: isDark ? t('light') : t('dark'), go: colours },
  ];
  return actions
    .filter((action) => action !== false)
    .map((action) => ({ ...action, key: action.name, kind: t('kindOf.action') }));
}
