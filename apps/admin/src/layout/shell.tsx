/*
 * The room of the frame: navigation and the signed-in person around each page, and what is shown while a page loads, fails or
 * does not exist.
 */
import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { Link, Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, type JSX } from 'react';
import { useAction } from '../graphql/action.js';
import { onSignedOut } from '../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { forgetSession, useViewer } from '../domain/session.js';
import { Brand } from '../ui/brand.js';
import styles from './layout.module.css';
import { placesOf, type Placed, type Section } from './navigation.js';
import { ServerNotice } from './server-notice.js';

const SignOut = graphql(`
  mutation SignOut {
    signOut {
      userErrors {
        code
        message
      }
    }
  }
`);

const WORDS: Record<Section, string> = { work: 'Work', analyse: 'Analyse', manage: 'Manage', system: 'System' };

/** Frame of every page behind the sign-in. */
export function Shell(): JSX.Element {
  useReturnToSignIn();
  useFocusOnPage();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        Skip to content
      </a>
      <header className={styles.side}>
        <Link to="/" className={styles.home} aria-label="Sluice, overview">
          <Brand />
        </Link>
        <Navigation />
        <Person />
      </header>
      <main id="content" tabIndex={-1} className={styles.content}>
        <ServerNotice />
        <Outlet />
      </main>
    </div>
  );
}

/** Places of the routes that have an entry, by section. */
function Navigation(): JSX.Element {
  const router = useRouter();
  return (
    <nav aria-label="Main" className={styles.nav}>
      {placesOf(Object.values<Placed>(router.routesById)).map(({ section, places }) => (
        <ul key={section} aria-label={WORDS[section]} className={styles.section}>
          {places.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: to === '/' }} className={styles.place}>
                <Icon size={18} stroke={1.8} aria-hidden />
                {label}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

function Person(): JSX.Element {
  const viewer = useViewer();
  const router = useRouter();
  const [signOut, isBusy] = useAction(SignOut);
  const leave = async () => {
    if (!(await signOut({}))) return;
    await forgetSession();
    await router.navigate({ to: '/sign-in', search: {} });
  };
  return (
    <div className={styles.person}>
      <span className={styles.personName} title={viewer?.actor.displayName}>
        {viewer?.actor.displayName}
      </span>
      <SchemeToggle />
      <Tooltip label="Sign out">
        <ActionIcon variant="subtle" color="gray" aria-label="Sign out" loading={isBusy} onClick={() => void leave()}>
          <IconLogout size={18} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function SchemeToggle(): JSX.Element {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const label = isDark ? 'Use light colours' : 'Use dark colours';
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
      >
        {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** When the session ends, asks to sign in and comes back to the same place. */
function useReturnToSignIn(): void {
  const router = useRouter();
  useEffect(() => {
    let isLeaving = false;
    return onSignedOut(() => {
      if (isLeaving) return;
      isLeaving = true;
      const returnTo = router.state.location.href;
      void forgetSession().then(() => router.navigate({ to: '/sign-in', search: { returnTo, hasExpired: true } }));
    });
  }, [router]);
}

/** After a change of page the focus is at its beginning, so that keyboard and screen reader go on from there. */
function useFocusOnPage(): void {
  const path = useLocation({ select: (location) => location.pathname });
  const known = useRef(path);
  useEffect(() => {
    if (known.current === path) return;
    known.current = path;
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [path]);
}
