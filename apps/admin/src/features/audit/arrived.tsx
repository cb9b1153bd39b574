import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import type { JSX } from 'react';
import own from './audit.module.css';
import { t } from './words.js';

/** Says how many events have come while one reads further down, and leads to them. */
export function Arrived({ count, onShow }: { count: number; onShow: () => void }): JSX.Element {
  // They come in when the top is reached: rows that come in before would move what is scrolled to.
  const show = () => (window.scrollY > 0 ? window.scrollTo({ top: 0 }) : onShow());
  return (
    <div role="status" className={own.arrived}>
      {count > 0 && (
        <Button size="compact-md" radius="xl" leftSection={<IconArrowUp size={15} aria-hidden />} onClick={show}>
          {t('arrived', { count })}
        </Button>
      )}
    </div>
  );
}
