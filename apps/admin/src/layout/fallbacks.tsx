import type { ErrorComponentProps } from '@tanstack/react-router';
import type { JSX } from 'react';
import { NotThere } from '../ui/not-there.js';
import { Page, Panel } from '../ui/page.js';
import { Loading } from '../ui/states.js';
import { Failure } from '../domain/failure.js';
import { t } from '../ui/words.js';

export function PagePending(): JSX.Element {
  return <Loading label={t('loadingPage')} rows={5} />;
}

export function PageFailed({ error, reset }: ErrorComponentProps): JSX.Element {
  return (
    <Page title={t('pageFailed')}>
      <Panel title={t('whatHappened')}>
        <Failure error={error} onRetry={reset} />
      </Panel>
    </Page>
  );
}

/** For an address that leads nowhere. */
export function NoSuchPage(): JSX.Element {
  return <NotThere title={t('noSuchPage')} />;
}
