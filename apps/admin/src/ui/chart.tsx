import { useEffect, useRef, useState, type JSX } from 'react';
import styles from './time-chart.module.css';
import type { TimeChart, TimeChartProps } from './time-chart.js';

/**
 * A chart over time; what draws it is loaded once its place comes into sight. Without the server its place stays empty until
 * there is more to draw: the page around it is worth more.
 */
export function Chart(props: TimeChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  const [Drawn, setDrawn] = useState<typeof TimeChart | null>(null);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const isMissing = isSeen && Drawn === null;
  useEffect(() => {
    if (!isMissing) return;
    import('./time-chart.js').then(
      (loaded) => setDrawn(() => loaded.TimeChart),
      () => undefined,
    );
  }, [isMissing, props.times]);
  return (
    <div ref={place} className={styles.place}>
      {Drawn && <Drawn {...props} />}
    </div>
  );
}
