import type { ReactNode } from 'react';

/** What is asked before something that cannot be taken back, or that is about many things at once. */
export interface Question {
  title: string;
  children?: ReactNode;
  /** The label of what is done then. */
  action: string;
  /** The label of what leaves everything as it is. */
  keep?: string;
  /** Whether nothing is lost by it. */
  isPlain?: boolean;
  onConfirm: () => Promise<Outcome>;
  /** Told when the question is gone, also once it is done. */
  onClose?: () => void;
}

/** What came of it: null once it is done, otherwise what is wrong, or what is to be asked instead. */
export type Outcome = null | readonly string[] | Question;

type Ask = (question: Question) => void;

let beginWith: (ask: Ask) => void = () => undefined;
const begun = new Promise<Ask>((resolve) => {
  beginWith = resolve;
});

/** To be called once there is a place where questions appear, with what shows one there. */
export const beginQuestions = (ask: Ask): void => beginWith(ask);

/** Asks; the question stays while it is carried out, and as long as something is wrong. */
export const confirm = (question: Question): void => void begun.then((ask) => ask(question));
