import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useState, type JSX } from 'react';
import { isAnswer } from '../graphql/problems.js';
import { server, serverAnswers } from '../graphql/server.js';
import { NotThere } from '../ui/not-there.js';
import { Page, Panel } from '../ui/page.js';
import { Failure } from '../domain/failure.js';
import { t } from '../ui/words.js';

/**
 * Another try loads the page anew, as soon as the server answers: a browser keeps a module that it could not load. Where it is the
 * server that is missing nobody has to ask for that. Where it is not, and has answered nothing wrong, it is the page that is broken.
 */
export function PageFailed({ error }: ErrorComponentProps): JSX.Element {
  const [isServerThere, setServerThere] = useState(false);
  useEffect(() => {
    void serverAnswers().then((isThere) => (isThere ? setServerThere(true) : tryAgain()));
  }, []);
  return (
    <Page title={t('pageFailed')}>
      <Panel title={t('whatHappened')}>
        <Failure error={isServerThere && !isAnswer(error) ? t('pageBroken') : error} onRetry={tryAgain} />
      </Panel>
    </Page>
  );
}

const tryAgain = () => void server.doubt().then(() => location.reload());

/** For an address that leads nowhere. */
export function NoSuchPage(): JSX.Element {
  return <NotThere title={t('noSuchPage')} />;
}
