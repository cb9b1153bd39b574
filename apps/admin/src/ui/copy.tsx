import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { t } from './words.js';

/** Copies a text. On plain http, where there is no clipboard, it selects the text of `sourceId` instead. */
export function CopyText({
  text,
  sourceId,
  label = t('copy'),
}: {
  text: string;
  sourceId: string;
  label?: string;
}): JSX.Element {
  const [state, setState] = useState<'idle' | 'copied' | 'selected'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      const source = document.getElementById(sourceId);
      if (source) getSelection()?.selectAllChildren(source);
      setState('selected');
    }
  };
  const words = { idle: label, copied: t('copied'), selected: t('selected') };
  return (
    <Button
      variant="default"
      leftSection={state === 'copied' ? <IconCheck size={16} /> : <IconCopy size={16} />}
      onClick={() => void copy()}
      aria-live="polite"
    >
      {words[state]}
    </Button>
  );
}
