import { Drawer } from '@mantine/core';
import type { JSX } from 'react';
import { useFocusReturn } from '../../ui/focus.js';
import { wordOf } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { Facts } from '../../ui/page.js';
import styles from '../../ui/ui.module.css';
import own from './audit.module.css';
import type { AuditEvent } from './data.js';
import { TargetLink } from './target-link.js';
import { t } from './words.js';
import '../../theme/dialog.css';

/** Everything that the log holds of one event. */
export function EventDrawer({ event, onClose }: { event: AuditEvent; onClose: () => void }): JSX.Element {
  useFocusReturn();
  return (
    <Drawer
      opened
      onClose={onClose}
      size="lg"
      title={t('event', { number: event.sequence })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.stack}>
        <Facts
          facts={[
            [t('what'), t.known('action', event.action) ?? wordOf(event.action)],
            event.targetId === null ? null : [t('object'), <TargetLink key="target" event={event} />],
            [t('outcomeName'), t.known('outcome', event.outcome) ?? wordOf(event.outcome)],
            [t('who'), event.actor?.displayName ?? t('product')],
            [t('when'), <Moment key="when" instant={event.occurredAt} />],
            event.ipAddress === null ? null : [t('address'), <code key="address">{event.ipAddress}</code>],
            event.requestId === null ? null : [t('request'), <code key="request">{event.requestId}</code>],
            [t('hash'), <code key="hash">{event.chainHash}</code>],
          ]}
        />
        <p className={styles.sub}>{t('hashText')}</p>
        <h3 className={own.head}>{t('changes')}</h3>
        {event.changes.length === 0 ? (
          <p className={styles.dim}>{t('noChanges')}</p>
        ) : (
          <Changes changes={event.changes} />
        )}
      </div>
    </Drawer>
  );
}

function Changes({ changes }: { changes: AuditEvent['changes'] }): JSX.Element {
  return (
    <dl className={own.changes}>
      {changes.map(({ field, before, after }) => (
        <div key={field.join('.')}>
          <dt>{field.join(' › ')}</dt>
          {before !== null && (
            <dd>
              <span className={styles.dim}>{t('before')}</span> <code>{before}</code>
            </dd>
          )}
          {after !== null && (
            <dd>
              <span className={styles.dim}>{t('after')}</span> <code>{after}</code>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
