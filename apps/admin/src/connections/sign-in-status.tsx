import type { JSX } from 'react';
import { Notice } from '../ui/states.js';
import type { SignInStage } from './platform-sign-in.js';

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
    </Notice>
  );
}

function sentence(stage: SignInStage, platformName: string): string {
  if (stage.kind !== 'waiting') return 'Starting the sign-in.';
  if (stage.url) return 'Your browser blocked the sign-in window. Open it with this link; this page goes on by itself.';
  if (stage.isWindowClosed) return 'The sign-in window is closed. If you had not finished, start the sign-in again.';
  return `Waiting for you to sign in with ${platformName} in the other window.`;
}
