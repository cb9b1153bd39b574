import { useEffect, useRef, useState } from 'react';

/** The present in epoch milliseconds, renewed every `interval` ms. */
export function useNow(interval = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now;
}

/** Longest wait of a browser's timer; what is due later is not waited for. */
const MAX_WAIT_MS = 2 ** 31 - 1;

/** Calls once that instant has come, which has not come yet; null for never. */
export function useAt(instant: string | null | undefined, call: () => unknown): void {
  const latest = useRef(call);
  useEffect(() => {
    latest.current = call;
  });
  useEffect(() => {
    const wait = instant ? Date.parse(instant) - Date.now() : -1;
    if (wait < 0 || wait > MAX_WAIT_MS) return undefined;
    const timer = setTimeout(() => void latest.current(), wait);
    return () => clearTimeout(timer);
  }, [instant]);
}
