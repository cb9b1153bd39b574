import { Button, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { Notice } from '../../ui/states.js';
import { completeSignIn, type SignInStage } from './platform-sign-in.js';

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
        <div style={{ marginTop: 6 }}>
          <a href={stage.url} target="_blank" rel="noreferrer">
            Open the {platformName} sign-in
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
    <div style={{ display: 'flex', gap: 8, alignItems: 'flex-end', marginTop: 8 }}>
      <TextInput
        label={`Code that ${platformName} shows`}
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
        Finish
      </Button>
    </div>
  );
}

function sentence(stage: SignInStage, platformName: string): string {
  if (stage.kind !== 'waiting') return 'Starting the sign-in.';
  if (stage.codeFor && !stage.url)
    return `Sign in with ${platformName} in the other window and copy the code that it shows.`;
  if (stage.url) return 'Your browser blocked the sign-in window. Open it with this link; this page goes on by itself.';
  if (stage.isWindowClosed) return 'The sign-in window is closed. If you had not finished, start the sign-in again.';
  return `Waiting for you to sign in with ${platformName} in the other window.`;
}
