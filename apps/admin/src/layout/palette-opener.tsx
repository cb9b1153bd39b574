import { IconSearch } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState, type JSX } from 'react';
import { lazily } from '../ui/lazily.js';
import styles from './layout.module.css';
import { placesOf, type Placed } from './navigation.js';
import { t } from './words.js';

const Palette = lazily(async () => (await import('./palette.js')).Palette);

const SHORTCUTS = ['Control+K', 'Meta+K'].join(' ');
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the search for pages and objects, by click and by Ctrl+K, ⌘K on a Mac. */
export function PaletteOpener(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const places = placesOf(Object.values<Placed>(router.routesById)).flatMap((section) => section.places);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      // What stands in a dialog, such as a secret that is shown once, is not left by this.
      if (document.querySelector('[role="dialog"]') === null) setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className={styles.search}
        aria-keyshortcuts={SHORTCUTS}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <IconSearch size={16} aria-hidden />
        {t('search')}
        <kbd aria-hidden>{isMac ? '⌘K' : t('controlK')}</kbd>
      </button>
      {isOpen && <Palette places={places} onClose={() => setOpen(false)} />}
    </>
  );
}
