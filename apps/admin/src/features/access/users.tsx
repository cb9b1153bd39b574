import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { listState } from '../../domain/list-state.js';
import { useCan, useViewer } from '../../domain/session.js';
import { useNow } from '../../ui/clock.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { lazily } from '../../ui/lazily.js';
import { Moment } from '../../ui/moment.js';
import { Panel } from '../../ui/page.js';
import { Blank } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { AccessPage } from './access-page.js';
import { useUsers, type User } from './data.js';
import type { Asked } from './user-menu.js';
import { t } from './words.js';

const UserMenu = lazily(async () => (await import('./user-menu.js')).UserMenu);
const UserDialog = lazily(async () => (await import('./user-dialog.js')).UserDialog);
const ResetPassword = lazily(async () => (await import('./reset-password.js')).ResetPassword);

export function UsersPage(): JSX.Element {
  return (
    <AccessPage>
      <Users />
    </AccessPage>
  );
}

function Users(): JSX.Element {
  const users = useUsers();
  const [asked, setAsked] = useState<Asked | null>(null);
  const mayManage = useCan('USERS_MANAGE');
  const changed = (user: User) => users.replace(({ id }) => id === user.id, user);
  const columns = useColumns(setAsked, changed);
  const close = () => setAsked(null);
  const add = (
    <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: 'add' })}>
      {t('addUser')}
    </Button>
  );
  return (
    <Panel
      title={users.hasMore ? t('firstUsers') : t('usersCount', { count: users.nodes.length })}
      isFlush
      aside={mayManage && add}
    >
      <DataTable
        label={t('users')}
        columns={columns}
        rows={users.nodes}
        keyOf={({ id }) => id}
        list={listState(users)}
        blank={<Blank title={t('noUsers')}>{t('noUsersText')}</Blank>}
      />
      {asked?.what === 'add' && <UserDialog user={null} onDone={users.refresh} onClose={close} />}
      {asked?.what === 'change' && <UserDialog user={asked.user} onDone={changed} onClose={close} />}
      {asked?.what === 'password' && <ResetPassword user={asked.user} onClose={close} />}
    </Panel>
  );
}

function UserName({ user, isSelf }: { user: User; isSelf: boolean }): JSX.Element {
  return (
    <>
      <span className={styles.strong}>{user.displayName}</span>
      {isSelf && <span className={styles.dim}> ({t('you')})</span>}
      <span className={styles.sub}>{user.login}</span>
    </>
  );
}

function useColumns(onAsk: (asked: Asked) => void, onChanged: (user: User) => void): DataColumn<User>[] {
  const now = useNow(30_000);
  const ownId = useViewer()?.actor.id;
  return [
    {
      id: 'name',
      head: t('name'),
      width: 'minmax(180px, 1.5fr)',
      sortBy: (user) => user.displayName.toLowerCase(),
      cell: (user) => <UserName user={user} isSelf={user.id === ownId} />,
    },
    {
      id: 'role',
      head: t('role'),
      width: 'minmax(110px, 0.8fr)',
      sortBy: (user) => user.role,
      cell: (user) => t.known('roleWord', user.role) ?? user.role,
    },
    {
      id: 'state',
      head: t('state'),
      width: 'minmax(110px, 0.8fr)',
      sortBy: (user) => Number(!user.isActive),
      cell: (user) =>
        user.isActive ? <StatusTag tone="ok" label={t('active')} /> : <StatusTag tone="idle" label={t('disabled')} />,
    },
    {
      id: 'seen',
      head: t('lastSeen'),
      width: 'minmax(110px, 0.8fr)',
      sortBy: (user) => user.lastSeenAt ?? '',
      cell: (user) => (user.lastSeenAt ? <Moment instant={user.lastSeenAt} now={now} /> : t('never')),
    },
    {
      id: 'actions',
      head: t('actions'),
      width: '64px',
      cell: (user) => <UserMenu user={user} isSelf={user.id === ownId} onAsk={onAsk} onChanged={onChanged} />,
    },
  ];
}
