import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps, JSX } from 'react';
import styles from './ui.module.css';

type Anchor = Omit<ComponentProps<'a'>, keyof ButtonProps | 'color' | 'style'>;

/** A link that looks like a button. */
export const ButtonLink = createLink(function AnchorButton(props: ButtonProps & Anchor): JSX.Element {
  return <Button component="a" {...props} />;
});

/** The name of an object in a list, which leads to its page. */
export const NameLink = createLink(function NameAnchor(props: ComponentProps<'a'>): JSX.Element {
  return <a {...props} className={styles.strong} />;
});

export const TextLink = createLink(function TextAnchor(props: ComponentProps<'a'>): JSX.Element {
  return <a {...props} />;
});
