import { useEffect, useRef, useState, type ComponentProps, type JSX } from 'react';
import { lazily } from './lazily.js';
import styles from './time-chart.module.css';

const TimeChart = lazily(async () => (await import('./time-chart.js')).TimeChart);

/** A chart over time; what draws it is loaded once its place comes into sight. */
export function Chart(props: ComponentProps<typeof TimeChart>): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className={styles.place}>
      {isSeen && <TimeChart {...props} />}
    </div>
  );
}
