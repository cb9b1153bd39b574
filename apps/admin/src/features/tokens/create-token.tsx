import { Button, Checkbox, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { newKey, useAction } from '../../graphql/action.js';
import { graphql } from '@sluice/client/graphql';
import { ProblemFields, sortProblems } from '../../graphql/problems.js';
import { useViewer, type Scope } from '../../domain/session.js';
import { CopyText } from '../../ui/copy.js';
import { Notice, Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { endOf, LIFETIMES, SCOPE_ORDER, scopeHelp, scopeWord } from './scopes.js';

const ApiTokenCreate = graphql(
  `
    mutation ApiTokenCreate($displayName: String!, $scopes: [Scope!]!, $expiresAt: DateTime, $key: String) {
      apiTokenCreate(displayName: $displayName, scopes: $scopes, expiresAt: $expiresAt, idempotencyKey: $key) {
        apiToken {
          id
        }
        secret
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

const isKnown = (path: string) => ['displayName', 'scopes', 'expiresAt'].includes(path);
const SECRET_ID = 'token-secret';

/** Creates a token and shows its text, once. */
export function CreateToken({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }): JSX.Element {
  const [secret, setSecret] = useState<string | null>(null);
  const finish = (text: string) => {
    setSecret(text);
    onCreated();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={secret === null ? 'Create token' : 'Token created'}
      closeOnClickOutside={secret === null}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {secret === null ? <TokenForm onSecret={finish} onClose={onClose} /> : <Secret text={secret} onClose={onClose} />}
    </Modal>
  );
}

function TokenForm({ onSecret, onClose }: { onSecret: (text: string) => void; onClose: () => void }): JSX.Element {
  const own = useViewer()?.scopes ?? [];
  const [displayName, setDisplayName] = useState('');
  const [scopes, setScopes] = useState<string[]>([]);
  const [days, setDays] = useState('90');
  const [problems, setProblems] = useState(() => sortProblems([], isKnown));
  const [create, isBusy] = useAction(ApiTokenCreate);
  const submit = async () => {
    const byField: Record<string, string> = {};
    if (displayName.trim() === '') byField.displayName = 'Give the token a name.';
    if (scopes.length === 0) byField.scopes = 'Choose at least one right.';
    setProblems({ byField, general: [] });
    if (Object.keys(byField).length > 0) return;
    const variables = {
      displayName: displayName.trim(),
      scopes: scopes as Scope[],
      expiresAt: endOf(days, Date.now()),
      key: newKey(),
    };
    const payload = (await create(variables))?.apiTokenCreate;
    if (payload?.secret) return onSecret(payload.secret);
    setProblems(sortProblems(payload?.userErrors ?? [], isKnown));
  };
  return (
    <form
      noValidate
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextInput
        label="Name"
        description="The system that will use it."
        withAsterisk
        data-autofocus
        error={problems.byField.displayName}
        value={displayName}
        onChange={(event) => setDisplayName(event.currentTarget.value)}
      />
      <Checkbox.Group label="Rights" withAsterisk error={problems.byField.scopes} value={scopes} onChange={setScopes}>
        <div className={styles.fields} style={{ gap: '10px 20px', marginTop: 8 }}>
          {SCOPE_ORDER.filter((scope) => own.includes(scope)).map((scope) => (
            <Checkbox key={scope} value={scope} label={scopeWord(scope)} description={scopeHelp(scope)} />
          ))}
        </div>
      </Checkbox.Group>
      <NativeSelect
        label="Works for"
        error={problems.byField.expiresAt}
        data={LIFETIMES}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      <Problems messages={problems.general} />
      <div className={styles.formFoot}>
        <Button type="submit" loading={isBusy}>
          Create token
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function Secret({ text, onClose }: { text: string; onClose: () => void }): JSX.Element {
  return (
    <div className={styles.stack}>
      <Notice tone="warn">Copy the token now. It is shown only this once and cannot be read again.</Notice>
      <code
        id={SECRET_ID}
        aria-label="Token"
        style={{ padding: 12, background: 'var(--surface-sunken)', borderRadius: 5, overflowWrap: 'anywhere' }}
      >
        {text}
      </code>
      <div className={styles.formFoot}>
        <CopyText text={text} sourceId={SECRET_ID} label="Copy token" />
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
}
