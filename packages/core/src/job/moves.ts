/** For every state those that may follow it. */
export type Moves<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Somebody is about to write a state that may not follow the present one: a defect of ours, never a person's mistake. */
export class IllegalMoveError extends Error {
  override readonly name = 'IllegalMoveError';

  constructor(subject: string, from: string, to: string) {
    super(`A ${subject} cannot move from ${from} to ${to}.`);
  }
}

/** The states from which that one may be reached. */
export function statesBefore<State extends string>(moves: Moves<State>, to: State): State[] {
  return (Object.keys(moves) as State[]).filter((from) => moves[from].includes(to));
}

export function assertMove<State extends string>(subject: string, moves: Moves<State>, from: State, to: State): void {
  if (from !== to && !moves[from].includes(to)) throw new IllegalMoveError(subject, from, to);
}
