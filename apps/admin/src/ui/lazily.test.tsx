import { MantineProvider } from '@mantine/core';
import type { ComponentType } from 'react';
import { renderToString } from 'react-dom/server';
import { beforeAll, expect, it } from 'vitest';
import { lazily, lazyField, lazyPart } from './lazily.js';
import { t } from './words.js';

beforeAll(() => t.load());

const never = () => new Promise<() => null>(() => undefined);
const drawn = (Shown: ComponentType) =>
  renderToString(
    <MantineProvider>
      <Shown />
    </MantineProvider>,
  );

it('says that a part of a page is loaded until it is there, and nothing of a dialog', () => {
  expect(drawn(lazyPart(never))).toContain(`aria-label="${t('loadingPage')}"`);
  expect(drawn(lazily(never))).not.toContain('aria-label');
});

it('shows another field in the place of one until that is there', () => {
  const Field = lazyField(
    () => new Promise<({ label }: { label: string }) => null>(() => undefined),
    ({ label }: { label: string }) => <input aria-label={label} readOnly />,
  );
  expect(drawn(() => <Field label="Retries" />)).toContain('aria-label="Retries"');
});
