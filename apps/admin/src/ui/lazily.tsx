import { lazy, Suspense, type ComponentType, type JSX } from 'react';
import { PagePending } from './page-pending.js';

/** A component in a chunk of its own, such as a dialog, which is loaded when it is shown; nothing is seen until then. */
export const lazily = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ((props: Props) => JSX.Element) => lazilyWith(load, () => null);

/** What fills a page, such as a tab or a step, in a chunk of its own; until it is there the page says that it is loaded. */
export const lazyPart = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ((props: Props) => JSX.Element) => lazilyWith(load, PagePending);

/** A field whose input is a chunk of its own; another one stands in its place until it is there, so that nothing moves. */
export const lazyField = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType<Props>,
): ((props: Props) => JSX.Element) => lazilyWith(load, Meanwhile);

/** Loads a chunk for later, so that it is there without the server as well; one that cannot be loaded is asked for again when it is shown. */
export const ahead =
  (load: () => Promise<unknown>): (() => void) =>
  () =>
    void load().catch(() => undefined);

function lazilyWith<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType<Props>,
): (props: Props) => JSX.Element {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function Lazily(props: Props) {
    return (
      <Suspense fallback={<Waiting {...props} />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
