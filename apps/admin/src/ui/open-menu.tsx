import { Menu } from '@mantine/core';
import { useEffect, useLayoutEffect, useState, type JSX, type RefCallback, type RefObject } from 'react';
import '../theme/menu.css';

/** One thing that may be done. */
export interface MenuAction {
  label: string;
  onChoose: () => unknown;
  /** Whether something is lost by it. */
  isDangerous?: boolean;
}

/** The menu of a button that stands elsewhere. */
export function OpenMenu({
  id,
  button,
  isOpen,
  onChange,
  actions,
}: {
  /** Of the button. */
  id: string;
  button: RefObject<HTMLButtonElement | null>;
  isOpen: boolean;
  onChange: (isOpen: boolean) => void;
  actions: readonly MenuAction[];
}): JSX.Element {
  const isShown = useAfterFirst(isOpen);
  return (
    <Menu id={id} position="bottom-end" withinPortal opened={isShown} onChange={onChange}>
      <Menu.Target>
        <Beside button={button} />
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ label, onChoose, isDangerous }) => (
          <Menu.Item key={label} c={isDangerous ? 'var(--bad)' : undefined} onClick={() => void onChoose()}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** False at first: a menu notes where the focus is when it opens, and gives it back there. */
function useAfterFirst(isOpen: boolean): boolean {
  const [isFirst, setFirst] = useState(true);
  useEffect(() => setFirst(false), []);
  return isOpen && !isFirst;
}

/** Gives the menu the button as its place; the button itself stays what it is, with the focus. */
function Beside({
  button,
  ref,
}: {
  button: RefObject<HTMLButtonElement | null>;
  ref?: RefCallback<HTMLButtonElement>;
}): null {
  useLayoutEffect(() => {
    ref?.(button.current);
    return () => void ref?.(null);
  }, [button, ref]);
  return null;
}
