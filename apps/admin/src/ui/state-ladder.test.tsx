import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { StateLadder, type LadderState } from './state-ladder.js';

const states: LadderState[] = [
  { key: 1, name: 'Planning', tone: 'busy', isPast: true, note: '2 min' },
  { key: 2, name: 'Paused', tone: 'wait', isPast: false, note: '5 s' },
];

it('marks the state that lasts, and shows those before it as done', () => {
  const [past = '', present = ''] = renderToString(<StateLadder label="Stages" states={states} />).split('</li>');
  expect(past).toMatch(/icon-circle-check.*Planning.*2 min/);
  expect(past).not.toContain('aria-current');
  expect(present).toMatch(/aria-current="step".*icon-clock-hour-4.*Paused.*5 s/);
});

it('shows nothing before the first state', () => {
  expect(renderToString(<StateLadder label="Stages" states={[]} />)).toBe('');
});
