import { Button, Checkbox, Input, Modal } from '@mantine/core';
import { useId, useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { isConflict } from '../../graphql/problems.js';
import { useFocusReturn } from '../../ui/focus.js';
import { formatCount } from '../../ui/format.js';
import { messagesOf, Notice, Problems } from '../../ui/states.js';
import { toastDone } from '../../ui/toast.js';
import styles from '../../ui/ui.module.css';
import { MappingImport } from './changes.js';
import { readCsvFile } from './csv-file.js';
import type { MappingSet } from './data.js';
import { RowErrors, type RowError } from './row-errors.js';
import { t } from './words.js';
import '../../theme/checkbox.css';
import '../../theme/dialog.css';

interface Counts {
  addedCount: number;
  replacedCount: number;
  deletedCount: number;
}
/** What a dry run told of the text that is chosen. */
interface Checked {
  /** Version of the set that was checked; null where it cannot be imported. */
  version: number | null;
  counts: Counts | null;
  rowErrors: readonly RowError[];
  problems: readonly string[];
}

/** Fills a set from a file: what it would do is told first, and a file with a faulty row changes nothing. */
export function ImportDialog({
  set,
  onDone,
  onClose,
}: {
  set: MappingSet;
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  useFocusReturn();
  const state = useImport(set, () => {
    onDone();
    onClose();
  });
  const { checked, text, problem, replaceAll, isBusy } = state;
  const changes = checked?.counts ? sumOf(checked.counts) : 0;
  return (
    <Modal opened onClose={onClose} title={t('import')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={styles.stack}>
        <FileField problem={problem} onFile={(file) => void state.choose(file)} />
        <Checkbox
          label={set.kind === 'METADATA' ? t('replaceAllRules') : t('replaceAllEntries')}
          checked={replaceAll}
          onChange={(event) => state.setReplaceAll(event.currentTarget.checked)}
        />
        {checked && <Outcome checked={checked} />}
        <div className={styles.formFoot}>
          {changes > 0 ? (
            <Button loading={isBusy} onClick={() => void state.carryOut()}>
              {t('importNow')}
            </Button>
          ) : (
            <Button loading={isBusy} disabled={text === null} onClick={() => void state.check()}>
              {t('check')}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

const sumOf = ({ addedCount, replacedCount, deletedCount }: Counts) => addedCount + replacedCount + deletedCount;

function useImport(set: MappingSet, onDone: () => void) {
  const [send, isBusy] = useAction(MappingImport);
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [replaceAll, setAll] = useState(false);
  const [checked, setChecked] = useState<Checked | null>(null);
  const choose = async (file: File | undefined) => {
    const read = file && (await readCsvFile(file));
    setChecked(null);
    setText(read && 'text' in read ? read.text : null);
    setProblem(read && 'problem' in read ? t(read.problem) : read ? null : t('chooseFile'));
  };
  const setReplaceAll = (value: boolean) => {
    setAll(value);
    setChecked(null);
  };
  const ask = async (dryRun: boolean) => {
    // What was checked is carried out on the set as it was then, or not at all.
    const expectedVersion = dryRun ? null : checked?.version;
    const payload = (await send({ id: set.id, csv: text ?? '', replaceAll, dryRun, expectedVersion }))?.mappingImport;
    if (!payload) return null;
    const { mappingSet, rowErrors, userErrors, ...counts } = payload;
    const problems = userErrors.some(isConflict) ? [t('changedSinceCheck')] : messagesOf(userErrors);
    setChecked({ version: mappingSet?.version ?? null, counts: mappingSet ? counts : null, rowErrors, problems });
    return mappingSet ? counts : null;
  };
  const carryOut = async () => {
    const counts = await ask(false);
    if (counts === null) return;
    toastDone(t('imported', figuresOf(counts)));
    onDone();
  };
  return { text, problem, replaceAll, checked, isBusy, choose, setReplaceAll, check: () => ask(true), carryOut };
}

const figuresOf = ({ addedCount, replacedCount, deletedCount }: Counts) => ({
  added: formatCount(addedCount),
  replaced: formatCount(replacedCount),
  deleted: formatCount(deletedCount),
});

function FileField({
  problem,
  onFile,
}: {
  problem: string | null;
  onFile: (file: File | undefined) => void;
}): JSX.Element {
  const id = useId();
  return (
    <Input.Wrapper id={id} label={t('file')} error={problem}>
      <input
        id={id}
        type="file"
        accept=".csv,text/csv"
        className={styles.file}
        aria-invalid={problem !== null || undefined}
        data-autofocus
        onChange={(event) => onFile(event.currentTarget.files?.[0])}
      />
    </Input.Wrapper>
  );
}

function Outcome({ checked: { counts, rowErrors, problems } }: { checked: Checked }): JSX.Element {
  return (
    <>
      <Problems messages={problems} />
      {rowErrors.length > 0 && <RowErrors errors={rowErrors} />}
      {counts && (
        <Notice tone={counts.deletedCount > 0 ? 'warn' : 'ok'} role="status">
          {sumOf(counts) === 0 ? t('wouldNotChange') : t('wouldChange', figuresOf(counts))}
        </Notice>
      )}
    </>
  );
}
