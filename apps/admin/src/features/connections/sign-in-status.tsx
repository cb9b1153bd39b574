import { Button, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { Notice } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { completeSignIn, type SignInStage } from './platform-sign-in.js';
import { t } from './words.js';

/** Where a sign-in at the platform stands. */
export function SignInStatus({
  stage,
  platformName,
}: {
  stage: SignInStage;
  platformName: string;
}): JSX.Element | null {
  if (stage.kind === 'idle') return null;
  if (stage.kind === 'failed') {
    return (
      <Notice tone="bad" role="alert">
        {stage.message}
      </Notice>
    );
  }
  return (
    <Notice tone={stage.kind === 'waiting' && (stage.url || stage.isWindowClosed) ? 'warn' : 'busy'} role="status">
      {sentence(stage, platformName)}
      {stage.kind === 'waiting' && stage.url && (
        <div className={styles.below}>
          <a href={stage.url} target="_blank" rel="noreferrer">
            {t('openSignIn', { platform: platformName })}
          </a>
        </div>
      )}
      {stage.kind === 'waiting' && stage.codeFor && <CodeField flowId={stage.codeFor} platformName={platformName} />}
    </Notice>
  );
}

/** Takes the code that the platform showed; how the sign-in ended is found by whoever waits for it. */
function CodeField({ flowId, platformName }: { flowId: string; platformName: string }): JSX.Element {
  const [code, setCode] = useState('');
  const [message, setMessage] = useState<string | null>(null);
  const finish = () => void completeSignIn(flowId, code).then(setMessage);
  return (
    <div className={`${styles.fieldAndButton ?? ''} ${styles.below ?? ''}`}>
      <TextInput
        label={t('codeOf', { platform: platformName })}
        value={code}
        error={message}
        autoComplete="off"
        onChange={(event) => setCode(event.currentTarget.value)}
        onKeyDown={(event) => {
          // The field may stand in the form of the connection, which would begin the sign-in again.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          finish();
        }}
      />
      <Button type="button" disabled={code.trim() === ''} onClick={finish}>
        {t('finish')}
      </Button>
    </div>
  );
}

function sentence(stage: SignInStage, platformName: string): string {
  if (stage.kind !== 'waiting') return t('starting');
  if (stage.codeFor && !stage.url) return t('copyTheCode', { platform: platformName });
  if (stage.url) return t('blocked');
  if (stage.isWindowClosed) return t('windowClosed');
  return t('waiting', { platform: platformName });
}
