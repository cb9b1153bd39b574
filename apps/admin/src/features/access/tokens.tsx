import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { listState } from '../../domain/list-state.js';
import { useNow } from '../../ui/clock.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { formatMoment, wordOf } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { AccessPage } from './access-page.js';
import { useTokens, type Token } from './data.js';
import { useRevocation } from './revoke-token.js';
import { t } from './words.js';

const TokenDialog = lazily(async () => (await import('./token-dialog.js')).TokenDialog);
const SecretDialog = lazily(async () => (await import('../../ui/secret-dialog.js')).SecretDialog);

export function TokensPage(): JSX.Element {
  return (
    <AccessPage>
      <Tokens />
    </AccessPage>
  );
}

function Tokens(): JSX.Element {
  const tokens = useTokens();
  const [isCreating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const columns = useColumns(useRevocation((token) => tokens.replace(({ id }) => id === token.id, token)));
  const created = (text: string) => {
    setCreating(false);
    setSecret(text);
    tokens.refresh();
  };
  const create = (
    <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('createToken')}
    </Button>
  );
  return (
    <Panel
      title={tokens.hasMore ? t('latestTokens') : t('tokensCount', { count: tokens.nodes.length })}
      isFlush
      aside={create}
    >
      <DataTable
        label={t('tokens')}
        columns={columns}
        rows={tokens.nodes}
        keyOf={({ id }) => id}
        list={listState(tokens)}
        blank={<Blank title={t('noTokens')}>{t('noTokensText')}</Blank>}
      />
      {isCreating && <TokenDialog onCreated={created} onClose={() => setCreating(false)} />}
      {secret !== null && <TokenText text={secret} onDone={() => setSecret(null)} />}
    </Panel>
  );
}

function TokenText({ text, onDone }: { text: string; onDone: () => void }): JSX.Element {
  return (
    <SecretDialog
      title={t('tokenCreated')}
      warning={t('tokenWarning')}
      label={t('token')}
      text={text}
      copyLabel={t('copyToken')}
      doneLabel={t('done')}
      onDone={onDone}
    />
  );
}

function useColumns(onRevoke: (token: Token) => void): DataColumn<Token>[] {
  const now = useNow(30_000);
  return [
    {
      id: 'name',
      head: t('name'),
      width: 'minmax(168px, 1.4fr)',
      sortBy: (token) => token.displayName.toLowerCase(),
      cell: (token) => <TokenName token={token} />,
    },
    {
      id: 'state',
      head: t('state'),
      width: 'minmax(110px, 0.7fr)',
      cell: (token) => <TokenState token={token} now={now} />,
    },
    {
      id: 'rights',
      head: t('rights'),
      width: 'minmax(150px, 1.6fr)',
      cell: ({ scopes }) => scopes.map((scope) => t.known('scope', scope) ?? wordOf(scope)).join(', '),
    },
    {
      id: 'used',
      head: t('lastUsed'),
      width: 'minmax(92px, 0.7fr)',
      sortBy: (token) => token.lastUsedAt ?? '',
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment instant={lastUsedAt} now={now} /> : t('never')),
    },
    {
      id: 'revoke',
      head: t('actions'),
      width: '100px',
      cell: (token) => token.revokedAt === null && <RevokeButton token={token} onRevoke={onRevoke} />,
    },
  ];
}

function TokenName({ token }: { token: Token }): JSX.Element {
  return (
    <>
      <span className={styles.strong}>{token.displayName}</span>
      <span className={styles.sub}>
        <code>{token.prefix}…</code> <Origin token={token} />
      </span>
    </>
  );
}

function RevokeButton({ token, onRevoke }: { token: Token; onRevoke: (token: Token) => void }): JSX.Element {
  return (
    <Button
      size="compact-sm"
      variant="default"
      c="var(--bad)"
      onClick={() => onRevoke(token)}
      aria-label={t('revokeNamed', { name: token.displayName })}
    >
      {t('revoke')}
    </Button>
  );
}

function Origin({ token: { createdAt, createdBy } }: { token: Token }): JSX.Element {
  const moment = formatMoment(createdAt);
  const text = createdBy ? t('createdBy', { moment, name: createdBy.displayName }) : t('createdAt', { moment });
  return <MomentIn instant={createdAt} text={text} />;
}

function TokenState({ token, now }: { token: Token; now: number }): JSX.Element {
  if (token.revokedAt !== null) return <StatusTag tone="idle" label={t('revoked')} />;
  if (token.expiresAt === null) return <StatusTag tone="ok" label={t('active')} />;
  if (Date.parse(token.expiresAt) < now) return <StatusTag tone="idle" label={t('expired')} />;
  return (
    <>
      <StatusTag tone="ok" label={t('active')} />
      <span className={styles.sub}>
        <MomentIn instant={token.expiresAt} text={t('until', { moment: formatMoment(token.expiresAt) })} />
      </span>
    </>
  );
}
