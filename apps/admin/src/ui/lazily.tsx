import { lazy, Suspense, type ComponentType, type JSX } from 'react';

/** A component in a chunk of its own, such as a dialog, which is loaded when it is shown; nothing is seen until then. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => JSX.Element {
  const Loaded = lazy(async () => ({ default: await load() }));
  return function Lazily(props: Props) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
