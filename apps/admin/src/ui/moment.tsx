import { useEffect, useId, useState, type JSX, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { formatAgo, formatInstant, formatMoment } from './format.js';
import styles from './moment.module.css';
import { Sentence } from './sentence.js';

interface MomentProps {
  instant: string | null | undefined;
  /** Tells how long ago or ahead of this it is, in epoch milliseconds, instead of the time of day. */
  now?: number;
  /** Other words for it. */
  children?: ReactNode;
}

/** An instant in a few words; the exact one is told beside it while the pointer or the focus is there. A dash for none. */
export function Moment({ instant, now, children }: MomentProps): JSX.Element {
  if (!instant) return <>{formatMoment(instant)}</>;
  const words = now === undefined ? formatMoment(instant) : formatAgo(instant, now);
  return <Exact instant={instant}>{children ?? words}</Exact>;
}

/** A sentence in which `<time>…</time>` marks the words for an instant. */
export const MomentIn = ({ text, instant }: { text: string; instant: string }): JSX.Element => (
  <Sentence text={text} as={{ time: (words) => <Moment instant={instant}>{words}</Moment> }} />
);

function Exact({ instant, children }: { instant: string; children: ReactNode }): JSX.Element {
  const id = useId();
  const { place, ...handlers } = usePlace();
  return (
    <time
      dateTime={instant}
      tabIndex={0}
      className={styles.moment}
      aria-describedby={place ? id : undefined}
      {...handlers}
    >
      {children}
      {place &&
        createPortal(
          <span id={id} role="tooltip" className={styles.exact} style={place}>
            {formatInstant(instant)}
          </span>,
          document.body,
        )}
    </time>
  );
}

interface Place {
  top: number;
  left: number;
}

/** Room that the exact instant needs, in pixels. */
const WIDTH = 220;
const HEIGHT = 44;

/** Where the exact instant is told: null unless the pointer or the focus is here, after Escape, and once the page scrolls. */
function usePlace() {
  const [place, setPlace] = useState<Place | null>(null);
  const isShown = place !== null;
  const hide = () => setPlace(null);
  useEffect(() => {
    if (!isShown) return;
    window.addEventListener('scroll', hide, { capture: true, passive: true });
    return () => window.removeEventListener('scroll', hide, { capture: true });
  }, [isShown]);
  const show = ({ currentTarget }: { currentTarget: HTMLElement }) =>
    setPlace(placeUnder(currentTarget.getBoundingClientRect()));
  const onKeyDown = (event: { key: string; stopPropagation: () => void }) => {
    if (event.key !== 'Escape' || !isShown) return;
    event.stopPropagation();
    hide();
  };
  return { place, onMouseEnter: show, onFocus: show, onMouseLeave: hide, onBlur: hide, onKeyDown };
}

/** Under the words, above them where the window ends, and never beside the window. */
function placeUnder({ left, top, bottom }: DOMRect): Place {
  const isLow = bottom + HEIGHT > window.innerHeight;
  return { left: Math.max(8, Math.min(left, window.innerWidth - WIDTH)), top: isLow ? top - HEIGHT : bottom + 2 };
}
