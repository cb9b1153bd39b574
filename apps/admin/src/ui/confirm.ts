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

type Listener = () => void;
type Show = (question: Question) => void;

/** Questions that wait for what shows them, which is loaded with the first one. */
export class Questions {
  private readonly listeners = new Set<Listener>();
  private waiting: readonly Question[] = [];
  private show: Show | null = null;
  /** Whether anything was asked so far. */
  hasAny = false;

  readonly subscribe = (listener: Listener): Listener => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly ask = (question: Question): void => {
    if (this.show) return this.show(question);
    this.waiting = [...this.waiting, question];
    this.hasAny = true;
    for (const listener of this.listeners) listener();
  };

  /** To be called once there is a place where questions appear, with what shows one there. */
  begin(show: Show): void {
    this.show = show;
    for (const question of this.taken()) show(question);
  }

  /** Leaves everything as it is that was asked and not shown yet: the page that asked is gone. */
  readonly drop = (): void => {
    for (const { onClose } of this.taken()) onClose?.();
  };

  private taken(): readonly Question[] {
    const taken = this.waiting;
    this.waiting = [];
    return taken;
  }
}

export const questions = new Questions();

/** Asks; the question stays while it is carried out, and as long as something is wrong. */
export const confirm = (question: Question): void => questions.ask(question);
