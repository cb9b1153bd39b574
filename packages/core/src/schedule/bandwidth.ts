import { openingAt, type TimeWindow } from './windows.js';

/** Most bytes per second that the runs of a job may send and receive, at all times or within a window; null for no limit. */
export interface BandwidthLimit {
  window: TimeWindow | null;
  /** Time zone of the window. */
  timeZone: string;
  uploadBytesPerSecond: number | null;
  downloadBytesPerSecond: number | null;
}

/** What holds now, and until when in epoch ms; null for ever. */
export interface Bandwidth {
  /** Bytes pass through this machine once, in and out: the smaller of both limits holds for them. Null for no limit. */
  bytesPerSecond: number | null;
  until: number | null;
}

/** Of several limits the first holds whose window is open. `now` in epoch ms. */
export function bandwidthAt(limits: readonly BandwidthLimit[], now: number): Bandwidth {
  const openings = limits.map(({ window, timeZone }) => openingAt(window === null ? [] : [window], timeZone, now));
  const changes = openings.flatMap(({ until }) => until ?? []);
  const until = changes.length === 0 ? null : Math.min(...changes);
  const limit = limits[openings.findIndex(({ isOpen }) => isOpen)];
  if (limit === undefined) return { bytesPerSecond: null, until };
  const rates = [limit.uploadBytesPerSecond, limit.downloadBytesPerSecond].filter((rate) => rate !== null);
  return { bytesPerSecond: rates.length === 0 ? null : Math.min(...rates), until };
}
