/*
 * The room of the frame: navigation and the signed-in person around each page, and what is shown while a page loads, fails or
 * does not exist.
 */
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconMenu2, IconMoon, IconSun, IconX } from '@tabler/icons-react';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState, type JSX, type ReactNode } from 'react';
import { useAction } from '../graphql/action.js';
import { endSession, onSignedOut } from '../graphql/client.js';
import { server } from '../graphql/server.js';
import { graphql } from '@sluice/client/graphql';
import { useViewer } from '../domain/session.js';
import { Brand } from '../ui/brand.js';
import { loadMenus } from '../ui/dots-menu.js';
import { loadQuestions, QuestionPlace } from '../ui/question-place.js';
import { loadToasts, ToastPlace } from '../ui/toast-place.js';
import { chooseLanguage, language, LANGUAGE_NAMES, LANGUAGES, type Language } from '../language/language.js';
import styles from './layout.module.css';
import { useKeptFocus } from './kept-focus.js';
import { placesOf, type Placed } from './navigation.js';
import { PaletteOpener } from './palette-opener.js';
import { ServerNotice, useLostSince } from './server-notice.js';
import { t } from './words.js';
// The arrow of each list to choose from, and what it opens.
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Combobox.layer.css';

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

/** Long enough for the first page to be there. */
const PAGES_AHEAD_MS = 3000;

/** Frame of every page behind the sign-in. */
export function Shell(): JSX.Element {
  useReturnToSignIn();
  useFocusOnPage();
  useKeptFocus();
  usePagesAhead();
  const lostSince = useLostSince();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.side}>
        <Link to="/" className={styles.home} aria-label={t('home')}>
          <Brand />
        </Link>
        <PaletteOpener />
        <Drawer>
          <Navigation />
          <Person />
        </Drawer>
      </header>
      <main id="content" tabIndex={-1} className={styles.content}>
        <ServerNotice />
        <div className={styles.body} data-lost={lostSince === null ? undefined : true}>
          <Outlet />
        </div>
      </main>
      <QuestionPlace />
      <ToastPlace />
    </div>
  );
}

/** On a narrow screen its content comes from the side when it is asked for; on a wide one it simply stands there. */
function Drawer({ children }: { children: ReactNode }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const router = useRouter();
  useEffect(() => router.subscribe('onBeforeNavigate', () => setOpen(false)), [router]);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <>
      <ActionIcon
        ref={opener}
        variant="default"
        size={40}
        className={styles.opener}
        aria-label={t('menu')}
        aria-expanded={isOpen}
        aria-controls="menu"
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? <IconX size={20} /> : <IconMenu2 size={20} />}
      </ActionIcon>
      {isOpen && <div className={styles.backdrop} onClick={close} />}
      <div
        id="menu"
        className={styles.drawer}
        data-open={isOpen || undefined}
        onKeyDown={(event) => event.key === 'Escape' && isOpen && close()}
      >
        {children}
      </div>
    </>
  );
}

/** Places of the routes that have an entry, by section. */
function Navigation(): JSX.Element {
  const router = useRouter();
  return (
    <nav aria-label={t('main')} className={styles.nav}>
      {placesOf(Object.values<Placed>(router.routesById)).map(({ section, places }) => (
        <ul key={section} aria-label={t(`section.${section}`)} className={styles.section}>
          {places.map(({ to, name, icon: Icon }) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: to === '/' }} className={styles.place}>
                <Icon size={18} stroke={1.8} aria-hidden />
                {t(`place.${name}`)}
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
    await endSession();
    await router.navigate({ to: '/sign-in', search: {} });
  };
  return (
    <div className={styles.person}>
      <span className={styles.personName} title={viewer?.actor.displayName}>
        {viewer?.actor.displayName}
      </span>
      <LanguageChoice />
      <SchemeToggle />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('signOut')}
        title={t('signOut')}
        loading={isBusy}
        onClick={() => void leave()}
      >
        <IconLogout size={18} />
      </ActionIcon>
    </div>
  );
}

/** Languages of the pages; the choice is kept in the browser. The browser's own list weighs nothing. */
function LanguageChoice(): JSX.Element {
  return (
    <select
      className={styles.language}
      aria-label={t('language')}
      title={t('language')}
      value={language}
      onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
    >
      {LANGUAGES.map((one) => (
        <option key={one} value={one} lang={one}>
          {LANGUAGE_NAMES[one]}
        </option>
      ))}
    </select>
  );
}

function SchemeToggle(): JSX.Element {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const label = isDark ? t('light') : t('dark');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
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
      void endSession().then(() => router.navigate({ to: '/sign-in', search: { returnTo, hasExpired: true } }));
    });
  }, [router]);
}

/**
 * While there is nothing else to do, loads the pages to which the navigation leads, short messages, questions and menus: they come
 * then without the server as well. A server that is away is waited for: a browser keeps a module that it could not load.
 */
function usePagesAhead(): void {
  const router = useRouter();
  useEffect(() => {
    const loadAll = () => {
      for (const load of [loadToasts, loadQuestions, loadMenus]) load();
      for (const { options } of Object.values(router.routesById))
        if (options.staticData?.navigation) void options.component?.preload?.();
    };
    const timer = setTimeout(() => void server.doubt().then(loadAll), PAGES_AHEAD_MS);
    return () => clearTimeout(timer);
  }, [router]);
}

/** After a change of page the focus is on its heading, so that keyboard and screen reader go on from there. */
function useFocusOnPage(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || fromLocation === undefined) return;
        const content = document.getElementById('content');
        (content?.querySelector('h1') ?? content)?.focus({ preventScroll: true });
      }),
    [router],
  );
}
