/*
 * The room of API tokens: the list with the way to revoke one, and the form that makes one and shows its text once.
 */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { graphql } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';
import { useNow } from '../../ui/clock.js';
import { Confirm } from '../../ui/confirm.js';
import { countOf, formatAgo, formatMoment } from '../../ui/format.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading, messagesOf } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { CreateToken } from './create-token.js';
import { scopeWord } from './scopes.js';
import { TokenFields, useTokens, type Token } from './data.js';
import { Failure } from '../../domain/failure.js';

const ApiTokenRevoke = graphql(
  `
    mutation ApiTokenRevoke($id: ID!) {
      apiTokenRevoke(id: $id) {
        apiToken {
          ...TokenFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [TokenFields, ProblemFields],
);

export function TokensPage(): JSX.Element {
  const { tokens, hasMore, error, isLoading, loadMore, refetch } = useTokens();
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      Create token
    </Button>
  );
  return (
    <Page
      title="API tokens"
      lead="Other systems use a token to work with Sluice through its GraphQL API."
      actions={create}
    >
      <Panel title={titleOf(tokens?.length, hasMore)} isFlush>
        {!tokens && !error && <Loading label="Loading tokens" />}
        {tokens && tokens.length > 0 && <Rows tokens={tokens} />}
        {error && <Failure error={error} onRetry={tokens ? loadMore : refetch} />}
        {hasMore && !error && (
          <Button variant="subtle" fullWidth loading={isLoading} onClick={loadMore}>
            Load more tokens
          </Button>
        )}
        {tokens?.length === 0 && (
          <Blank title="There is no token yet">Create one for each system, with only the rights that it needs.</Blank>
        )}
      </Panel>
      {isCreating && <CreateToken onCreated={refetch} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function titleOf(count: number | undefined, hasMore: boolean): string {
  if (count === undefined) return 'Tokens';
  return hasMore ? `The latest ${countOf(count, 'token')}` : countOf(count, 'token');
}

function Rows({ tokens }: { tokens: readonly Token[] }): JSX.Element {
  const now = useNow(30_000);
  const [revoking, setRevoking] = useState<Token | null>(null);
  return (
    <>
      <div className={styles.tableScroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">State</th>
              <th scope="col">Rights</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <span className={styles.hidden}>Revoke</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <tr key={token.id}>
                <td>
                  <strong style={{ fontWeight: 580 }}>{token.displayName}</strong>
                  <span className={styles.sub}>
                    <code>{token.prefix}…</code> created {formatMoment(token.createdAt)}
                    {token.createdBy && ` by ${token.createdBy.displayName}`}
                  </span>
                </td>
                <td>
                  <TokenState token={token} now={now} />
                </td>
                <td style={{ maxWidth: 340 }}>{token.scopes.map(scopeWord).join(', ')}</td>
                <td>{token.lastUsedAt ? formatAgo(token.lastUsedAt, now) : 'Never'}</td>
                <td>
                  {!token.revokedAt && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      c="var(--bad)"
                      onClick={() => setRevoking(token)}
                      aria-label={`Revoke ${token.displayName}`}
                    >
                      Revoke
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {revoking && <RevokeToken token={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function TokenState({ token, now }: { token: Token; now: number }): JSX.Element {
  if (token.revokedAt) return <StatusTag tone="idle" label="Revoked" />;
  if (!token.expiresAt) return <StatusTag tone="ok" label="Active" />;
  return Date.parse(token.expiresAt) < now ? (
    <StatusTag tone="idle" label="Expired" />
  ) : (
    <>
      <StatusTag tone="ok" label="Active" />
      <span className={styles.sub}>until {formatMoment(token.expiresAt)}</span>
    </>
  );
}

function RevokeToken({ token, onClose }: { token: Token; onClose: () => void }): JSX.Element {
  const [revoke, isBusy] = useAction(ApiTokenRevoke);
  const [problems, setProblems] = useState<string[]>([]);
  const confirm = async () => {
    const payload = (await revoke({ id: token.id }))?.apiTokenRevoke;
    setProblems(messagesOf(payload?.userErrors));
    if (payload?.apiToken) onClose();
  };
  return (
    <Confirm
      title={`Revoke “${token.displayName}”?`}
      action="Revoke token"
      isOpen
      isBusy={isBusy}
      problems={problems}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      Systems that use it lose access at once. A token cannot be made valid again.
    </Confirm>
  );
}
