import type { RunEvent, RunState } from '@sluice/client';
import { bytes, line, shown, word, type Terminal } from './terminal.js';

const BAR_COLUMNS = 24;
const ERASE = '\r\u001b[2K';

/** Shows a run while it is followed: one line that is written over where a person watches, else a line for each event. */
export class Progress {
  state: RunState | null = null;
  private figures: RunEvent['statistics'] = null;
  private isBarShown = false;

  constructor(private readonly terminal: Terminal) {}

  take(event: RunEvent): void {
    const before = this.state;
    this.state = event.state ?? event.run?.state ?? this.state;
    this.figures = event.statistics ?? this.figures;
    if (this.state !== before) this.say(this.stage(event));
    if (event.kind === 'ITEM' || event.kind === 'LOG') this.say(detailOf(event));
    if (this.terminal.isInteractive) this.drawBar();
    else if (event.kind === 'STATISTICS') this.say(this.summary());
  }

  /** A line for people, above the bar. */
  say(text: string): void {
    this.clear();
    line(this.terminal.err, text);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.isBarShown) this.terminal.err.write(ERASE);
    this.isBarShown = false;
  }

  private stage({ run }: RunEvent): string {
    const reason = run?.stateReason ? `: ${shown(run.stateReason.message)}` : '';
    const until = run?.waitingUntil ? ` until ${run.waitingUntil}` : '';
    return `${word(this.state ?? '')}${until}${reason}`;
  }

  private summary(): string {
    if (this.figures === null) return '';
    const { itemsDone, itemsPlanned, bytesDone, itemsDiscovered, bytesPerSecond } = this.figures;
    const items = itemsPlanned === null ? `${itemsDiscovered} items found` : `${itemsDone} of ${itemsPlanned} items`;
    return `${items}, ${bytes(bytesDone)}, ${bytes(bytesPerSecond)}/s`;
  }

  private drawBar(): void {
    if (this.figures === null) return;
    const share = Math.min(1, Math.max(0, this.figures.progress ?? 0));
    const full = Math.round(share * BAR_COLUMNS);
    const bar = `[${'#'.repeat(full)}${'.'.repeat(BAR_COLUMNS - full)}] ${Math.floor(share * 100)} %`;
    this.terminal.err.write(`${ERASE}${`${bar}  ${this.summary()}`.slice(0, this.terminal.columns - 1)}`);
    this.isBarShown = true;
  }
}

function detailOf({ item, message }: RunEvent): string {
  if (item === null) return shown(message ?? '');
  return `${word(item.outcome)}: ${shown(item.sourcePath ?? item.destinationPath ?? '')}: ${shown(item.message)}`;
}
