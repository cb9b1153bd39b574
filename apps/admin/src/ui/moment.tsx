import { useEffect, useId, useState, type JSX, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { formatInstant } from './format.js';
import styles from './moment.module.css';

/** An instant in a few words, such as "4 min ago"; the exact one is told under it while the pointer or the focus is there. */
export function Moment({ instant, children }: { instant: string; children: ReactNode }): JSX.Element {
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
