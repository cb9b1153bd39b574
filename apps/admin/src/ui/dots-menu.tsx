import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useId, useRef, useState, type JSX } from 'react';
import { ahead, lazily } from './lazily.js';
import type { MenuAction } from './open-menu.js';

const load = async () => (await import('./open-menu.js')).OpenMenu;
const OpenMenu = lazily(load);

/** Loads what menus are made of, so that the first one is there at once. */
export const loadMenus = ahead(load);

/** A button with dots, and what may be done in the menu that it opens; the menu is loaded with the first one that is opened. */
export function DotsMenu({
  label,
  isMain = false,
  actions,
}: {
  label: string;
  /** Whether it stands beside the main action of a page, not in a row. */
  isMain?: boolean;
  /** What is false may not be done now. */
  actions: readonly (MenuAction | false)[];
}): JSX.Element {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [wasOpened, setWasOpened] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const toggle = () => {
    setWasOpened(true);
    setOpen(!isOpen);
  };
  const shown = { id, button, isOpen, onChange: setOpen, actions: actions.filter((action) => action !== false) };
  return (
    <>
      <ActionIcon
        ref={button}
        id={id}
        {...(isMain ? { variant: 'default', size: 36 } : { variant: 'subtle', color: 'gray' })}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? `${id}-dropdown` : undefined}
        onPointerEnter={loadMenus}
        onClick={toggle}
      >
        <IconDots size={18} />
      </ActionIcon>
      {wasOpened && <OpenMenu {...shown} />}
    </>
  );
}
