/*
 * The room of webhooks: which systems hear of changes, how their deliveries go, and what can be done about it.
 */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useCan } from '../../domain/session.js';
import { failureSentence } from '../../graphql/problems.js';
import { useNow } from '../../ui/clock.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { formatCount, formatMoment, wordOf } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { NameLink } from '../../ui/links.js';
import { ListPage } from '../../ui/list-page.js';
import { Moment, MomentIn } from '../../ui/moment.js';
import { Blank } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { useWebhooks, type Webhook } from './data.js';
import type { Asked, MenuHandlers } from './webhook-menu.js';
import { stateOf, TONES } from './webhook-state.js';
import { t } from './words.js';

const WebhookMenu = lazily(async () => (await import('./webhook-menu.js')).WebhookMenu);
const WebhookDialog = lazily(async () => (await import('./webhook-dialog.js')).WebhookDialog);
const SecretDialog = lazily(async () => (await import('../../ui/secret-dialog.js')).SecretDialog);

export function WebhooksPage(): JSX.Element {
  const mayManage = useCan('WEBHOOKS_MANAGE');
  return mayManage ? (
    <Webhooks />
  ) : (
    <ListPage title={t('title')} lead={t('lead')} count={t('missing')}>
      <Blank title={t('missing')}>{t('missingText')}</Blank>
    </ListPage>
  );
}

function Webhooks(): JSX.Element {
  const { webhooks, error, isLoading, refetch } = useWebhooks();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const failure = error && webhooks === null ? failureSentence(error) : null;
  const close = () => setAsked(null);
  const show = (text: string) => {
    setSecret(text);
    refetch();
  };
  const columns = useColumns({ onAsk: setAsked, onSecret: show, onRemoved: refetch });
  return (
    <ListPage
      title={t('title')}
      lead={t('lead')}
      count={webhooks === null ? t('title') : t('count', { count: webhooks.length })}
      action={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: 'add' })}>
          {t('add')}
        </Button>
      }
    >
      <DataTable
        label={t('title')}
        columns={columns}
        rows={webhooks}
        keyOf={({ id }) => id}
        list={{ isLoading, hasMore: false, failure, onMore: refetch, onRetry: refetch }}
        blank={<Blank title={t('none')}>{t('noneText')}</Blank>}
      />
      {asked?.what === 'add' && <WebhookDialog webhook={null} onSecret={show} onClose={close} />}
      {asked?.what === 'change' && <WebhookDialog webhook={asked.webhook} onSecret={show} onClose={close} />}
      {secret !== null && <Secret text={secret} onDone={() => setSecret(null)} />}
    </ListPage>
  );
}

function Secret({ text, onDone }: { text: string; onDone: () => void }): JSX.Element {
  return (
    <SecretDialog
      title={t('secretTitle')}
      warning={t('secretWarning')}
      label={t('secretTitle')}
      text={text}
      copyLabel={t('copySecret')}
      doneLabel={t('done')}
      onDone={onDone}
    />
  );
}

/** Where it delivers, and what; leads to what was delivered. */
function Target({ webhook: { id, url, topics } }: { webhook: Webhook }): JSX.Element {
  return (
    <>
      <NameLink to="/webhooks/$webhookId" params={{ webhookId: id }}>
        {url}
      </NameLink>
      <span className={styles.sub}>{topics.map((topic) => t.known('topic', topic) ?? wordOf(topic)).join(', ')}</span>
    </>
  );
}

function useColumns(handlers: MenuHandlers): DataColumn<Webhook>[] {
  const now = useNow(30_000);
  return [
    {
      id: 'url',
      head: t('url'),
      width: 'minmax(200px, 1.8fr)',
      sortBy: ({ url }) => url,
      cell: (webhook) => <Target webhook={webhook} />,
    },
    { id: 'state', head: t('state'), width: 'minmax(170px, 1.3fr)', cell: (webhook) => <State webhook={webhook} /> },
    {
      id: 'waiting',
      head: t('waiting'),
      width: '86px',
      isFigure: true,
      sortBy: ({ pendingCount }) => pendingCount,
      cell: ({ pendingCount }) => <span title={t('waitingHelp')}>{formatCount(pendingCount)}</span>,
    },
    {
      id: 'attempt',
      head: t('lastAttempt'),
      width: 'minmax(96px, 0.8fr)',
      sortBy: ({ lastAttemptAt }) => lastAttemptAt ?? '',
      cell: ({ lastAttemptAt, lastStatus }) => (
        <>
          {lastAttemptAt ? <Moment instant={lastAttemptAt} now={now} /> : t('never')}
          {lastStatus !== null && <span className={styles.sub}>{t('status', { status: lastStatus })}</span>}
        </>
      ),
    },
    {
      id: 'actions',
      head: t('actions'),
      width: '64px',
      cell: (webhook) => <WebhookMenu webhook={webhook} {...handlers} />,
    },
  ];
}

function State({ webhook }: { webhook: Webhook }): JSX.Element {
  const state = stateOf(webhook);
  return (
    <>
      <StatusTag tone={TONES[state]} label={t(state)} />
      {webhook.failure && <span className={styles.sub}>{webhook.failure.message}</span>}
      {state === 'failing' && webhook.nextAttemptAt !== null && (
        <span className={styles.sub}>
          <MomentIn instant={webhook.nextAttemptAt} text={t('next', { moment: formatMoment(webhook.nextAttemptAt) })} />
        </span>
      )}
    </>
  );
}
