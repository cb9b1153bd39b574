import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

/**
 * A text as it is typed into a search field. `onSettle` is told it without the blanks around it, once it has rested for so many
 * milliseconds and is another than the one that is kept, such as in the address. The field follows what is kept where that changes
 * by itself, such as by a link.
 */
export function useSettledText(kept: string, onSettle: (text: string) => void, restMs: number) {
  const [text, setText] = useState(kept);
  const [settled] = useDebouncedValue(text.trim(), restMs);
  const latest = useRef({ kept, settled, onSettle });
  useEffect(() => {
    latest.current = { kept, settled, onSettle };
  });
  useEffect(() => {
    if (kept !== latest.current.settled) setText(kept);
  }, [kept]);
  useEffect(() => {
    const now = latest.current;
    if (settled !== now.kept) now.onSettle(settled);
  }, [settled]);
  return { text, setText };
}
