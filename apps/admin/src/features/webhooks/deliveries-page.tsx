/*
 * What was sent to one webhook, what its receiver answered, and sending it once more.
 */
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, type JSX } from 'react';
import { listState } from '../../domain/list-state.js';
import { useCan } from '../../domain/session.js';
import { useAction } from '../../graphql/action.js';
import { failureSentence } from '../../graphql/problems.js';
import { useNow } from '../../ui/clock.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { formatCount } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { Page, Panel } from '../../ui/page.js';
import { PagePending } from '../../ui/page-pending.js';
import { Blank } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import { toastDone, toastProblems } from '../../ui/toast.js';
import styles from '../../ui/ui.module.css';
import type { Webhook } from './data.js';
import { useDeliveries, useTarget, WebhookRedeliver, type Delivery } from './deliveries-data.js';
import { answerOf, canSendAgain, messageOf, tookOf } from './delivery-words.js';
import { t } from './words.js';

const BACK = { to: '/webhooks' } as const;

const route = getRouteApi('/shell/webhooks/$webhookId');

export function DeliveriesPage(): JSX.Element {
  const { webhookId } = route.useParams();
  const mayManage = useCan('WEBHOOKS_MANAGE');
  const { webhook, error, isLoading } = useTarget(webhookId);
  if (webhook !== null) return <Sent key={webhookId} webhook={webhook} />;
  if (isLoading) return <PagePending />;
  if (!mayManage) return <NotShown title={t('missing')}>{t('missingText')}</NotShown>;
  return <NotShown title={t('deliveriesGone')}>{error ? failureSentence(error) : t('deliveriesGoneText')}</NotShown>;
}

function NotShown({ title, children }: { title: string; children: string }): JSX.Element {
  return (
    <Page title={t('deliveries')} back={{ ...BACK, label: t('title') }}>
      <Panel title={title}>
        <p className={styles.dim}>{children}</p>
      </Panel>
    </Page>
  );
}

function Sent({ webhook }: { webhook: Pick<Webhook, 'id' | 'url'> }): JSX.Element {
  const deliveries = useDeliveries(webhook.id);
  const now = useNow(30_000);
  const columns = useMemo(() => columnsOf(webhook.id, now), [webhook.id, now]);
  return (
    <Page
      title={t('deliveries')}
      lead={t('deliveriesLead', { url: webhook.url })}
      back={{ ...BACK, label: t('title') }}
    >
      <Panel title={t('newest')} isFlush>
        <DataTable
          label={t('deliveries')}
          columns={columns}
          rows={deliveries.nodes}
          keyOf={({ id }) => id}
          list={listState(deliveries)}
          blank={<Blank title={t('noDeliveries')}>{t('noDeliveriesText')}</Blank>}
        />
      </Panel>
    </Page>
  );
}

function columnsOf(webhookId: string, now: number): DataColumn<Delivery>[] {
  return [
    {
      id: 'message',
      head: t('message'),
      width: 'minmax(150px, 1.2fr)',
      cell: (delivery) => <Message delivery={delivery} />,
    },
    {
      id: 'answer',
      head: t('answer'),
      width: 'minmax(170px, 1.8fr)',
      cell: (delivery) => <Answer delivery={delivery} />,
    },
    {
      id: 'sent',
      head: t('sentAt'),
      width: 'minmax(100px, 0.7fr)',
      cell: ({ startedAt, duration }) => (
        <>
          <Moment instant={startedAt} now={now} />
          <span className={styles.sub}>{tookOf(duration)}</span>
        </>
      ),
    },
    { id: 'attempt', head: t('attempt'), width: '72px', isFigure: true, cell: ({ attempt }) => formatCount(attempt) },
    {
      id: 'again',
      head: t('actions'),
      width: '132px',
      cell: (delivery) => <SendAgain webhookId={webhookId} delivery={delivery} />,
    },
  ];
}

/** What it told of, and its identifier, by which a receiver knows it. */
function Message({ delivery }: { delivery: Delivery }): JSX.Element {
  const { kind, messageId } = delivery;
  return (
    <>
      <span className={styles.strong}>{messageOf(delivery)}</span>
      <span className={styles.sub}>{kind === 'REDELIVERY' ? `${messageId} · ${t('sentAgain')}` : messageId}</span>
    </>
  );
}

function Answer({ delivery: { status, failure } }: { delivery: Delivery }): JSX.Element {
  const { tone, word } = answerOf(failure);
  return (
    <>
      <StatusTag tone={tone} label={t(word)} />
      {(failure !== null || status !== null) && (
        <span className={styles.sub}>{failure?.message ?? t('status', { status: status ?? '' })}</span>
      )}
    </>
  );
}

function SendAgain({ webhookId, delivery }: { webhookId: string; delivery: Delivery }): JSX.Element | null {
  const [redeliver, isBusy] = useAction(WebhookRedeliver);
  if (!canSendAgain(delivery)) return null;
  const send = async () => {
    const payload = (await redeliver({ id: webhookId, deliveryId: delivery.id }))?.webhookRedeliver;
    if (!payload || toastProblems(payload.userErrors) || payload.delivery === null) return;
    const { failure } = payload.delivery;
    if (!toastProblems(failure ? [failure] : [])) toastDone(t('sendAgainDone'));
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={isBusy}
      onClick={() => void send()}
      aria-label={t('sendAgainOf', { message: delivery.messageId })}
    >
      {t('sendAgain')}
    </Button>
  );
}
