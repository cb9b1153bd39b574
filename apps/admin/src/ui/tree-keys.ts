import { useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';

/** Letters that were typed to go to an item, and when, in milliseconds of the page's life. */
interface Typed {
  text: string;
  at: number;
}

const NOTHING: Typed = { text: '', at: 0 };

/** Without a letter for this long, the next one begins anew. */
const PAUSE_MS = 700;

/** What has been typed with one more letter. */
export const typedWith = (before: Typed, letter: string, at: number): Typed => ({
  text: at - before.at > PAUSE_MS ? letter : before.text + letter,
  at,
});

/**
 * The item that typed letters lead to: the next whose name begins with them, the present one too from the second letter on. A letter
 * that is typed again and again goes from one to the next.
 *
 * @param names of all items that are shown, in their order
 * @param from index of the present item
 */
export function itemTyped(names: readonly string[], from: number, text: string): number | null {
  const isOne = [...text].every((letter) => letter === text[0]);
  const wanted = (isOne ? text.slice(0, 1) : text).toLocaleLowerCase();
  const order = names.map((_, step) => (from + step + (isOne ? 1 : 0)) % names.length);
  return order.find((index) => names[index]?.toLocaleLowerCase().startsWith(wanted)) ?? null;
}

const itemsOf = (tree: HTMLElement | null): HTMLElement[] => [
  ...(tree?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? []),
];
const itemOf = (place: EventTarget): HTMLElement | null =>
  place instanceof Element ? place.closest<HTMLElement>('[role=treeitem]') : null;
const labelOf = (item: HTMLElement | undefined): HTMLElement | null =>
  item?.querySelector<HTMLElement>(':scope > *') ?? null;

/** Makes one item the way into the tree by the tabulator, with the controls that stand in it. */
function letIn(tree: HTMLElement, item: HTMLElement): void {
  for (const each of tree.querySelectorAll<HTMLElement>('[tabindex="0"]'))
    if (itemOf(each) !== item) each.tabIndex = -1;
  item.tabIndex = 0;
  for (const each of labelOf(item)?.querySelectorAll<HTMLElement>('[tabindex]') ?? []) each.tabIndex = 0;
}

/**
 * What a WAI-ARIA tree does and Mantine's `Tree` leaves out: Home and End, Enter presses the label of an item, letters go to the next
 * item that begins with them, the tabulator comes back to the item that had the focus last, and the focus of an item that is gone goes
 * to the one in its place.
 */
export function useTreeKeys(): {
  ref: RefObject<HTMLUListElement | null>;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
} {
  const ref = useRef<HTMLUListElement>(null);
  const current = useRef<{ item: HTMLElement; index: number } | null>(null);
  const hasFocus = useRef(false);
  const typed = useRef(NOTHING);
  useLayoutEffect(() => {
    const items = itemsOf(ref.current);
    const { item: before, index = 0 } = current.current ?? {};
    const item = before?.isConnected ? before : items[Math.min(index, items.length - 1)];
    if (!item || !ref.current) return;
    current.current = { item, index: items.indexOf(item) };
    letIn(ref.current, item);
    if (hasFocus.current && document.activeElement === document.body) item.focus();
  });
  return {
    ref,
    onFocus: ({ target, currentTarget }) => {
      const item = itemOf(target);
      if (!item) return;
      hasFocus.current = true;
      current.current = { item, index: itemsOf(currentTarget).indexOf(item) };
      letIn(currentTarget, item);
    },
    onBlur: () => {
      hasFocus.current = false;
    },
    onKeyDown: (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const items = itemsOf(event.currentTarget);
      const from = items.findIndex((item) => item === itemOf(event.target));
      typed.current = event.key.length === 1 ? typedWith(typed.current, event.key, event.timeStamp) : NOTHING;
      if (event.key === 'Enter') return labelOf(items[from])?.click();
      const to = targetOf(event.key, items, from, typed.current.text);
      if (to === undefined) return;
      event.preventDefault();
      to.dataset['focusRing'] = 'true';
      to.focus();
    },
  };
}

/** The item that a key leads to; undefined for a key that leads to none. */
function targetOf(key: string, items: readonly HTMLElement[], from: number, text: string): HTMLElement | undefined {
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1) return undefined;
  const names = items.map((item) => labelOf(item)?.textContent?.trim() ?? '');
  return items[itemTyped(names, from, text) ?? -1];
}
