import type { Fault } from './fault.js';

/** How a stream is to go on: with everything, only with what is begun, or not at all. */
export type Wish = 'GO_ON' | 'FINISH' | 'STOP';

/** What a thread of a share is asked for. A stream is opened together with its first step. */
export type Request = { id: number } & (
  | { type: 'call'; name: string; args: unknown[] }
  | { type: 'open'; stream: number; name: string; args: unknown[] }
  | { type: 'next'; stream: number; wish: Wish }
  | { type: 'return'; stream: number }
);

export type Reply = { id: number } & ({ value: unknown; done?: boolean } | { fault: Fault });
