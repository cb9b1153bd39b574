import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, type JSX } from 'react';
import { server, serverAnswers } from '../graphql/server.js';
import { NotThere } from '../ui/not-there.js';
import { Page, Panel } from '../ui/page.js';
import { Failure } from '../domain/failure.js';
import { t } from '../ui/words.js';

/**
 * Another try loads the page anew, as soon as the server answers: a browser keeps a module that it could not load. Where it is the
 * server that is missing nobody has to ask for that.
 */
export function PageFailed({ error }: ErrorComponentProps): JSX.Element {
  useEffect(() => {
    void serverAnswers().then((isThere) => !isThere && tryAgain());
  }, []);
  return (
    <Page title={t('pageFailed')}>
      <Panel title={t('whatHappened')}>
        <Failure error={error} onRetry={tryAgain} />
      </Panel>
    </Page>
  );
}

const tryAgain = () => void server.doubt().then(() => location.reload());

/** For an address that leads nowhere. */
export function NoSuchPage(): JSX.Element {
  return <NotThere title={t('noSuchPage')} />;
}
