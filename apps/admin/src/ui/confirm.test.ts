import { expect, it } from 'vitest';
import { Questions, type Question } from './confirm.js';

const questionOf = (title: string, onClose?: () => void): Question => ({
  title,
  action: 'Delete',
  onConfirm: () => Promise.resolve(null),
  ...(onClose && { onClose }),
});

it('shows what is asked once there is a place for it, in order, each once', () => {
  const questions = new Questions();
  const shown: string[] = [];
  questions.ask(questionOf('first'));
  questions.ask(questionOf('second'));
  expect(questions.hasAny).toBe(true);
  questions.begin(({ title }) => shown.push(title));
  questions.begin(({ title }) => shown.push(title));
  questions.ask(questionOf('third'));
  expect(shown).toEqual(['first', 'second', 'third']);
});

it('tells its place of the first question', () => {
  const questions = new Questions();
  let times = 0;
  questions.subscribe(() => times++);
  questions.ask(questionOf('first'));
  expect(times).toBe(1);
});

it('leaves all as it is that was asked by a page that went before it could be shown', () => {
  const questions = new Questions();
  const told: string[] = [];
  questions.ask(questionOf('first', () => told.push('closed')));
  questions.drop();
  questions.begin(({ title }) => told.push(title));
  expect(told).toEqual(['closed']);
});
