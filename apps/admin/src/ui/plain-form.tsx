import type { JSX, ReactNode } from 'react';

interface PlainFormProps {
  className: string | undefined;
  onSubmit: () => void;
  children: ReactNode;
}

/** A form that the page sends itself, and whose fields say themselves what is wrong with them. */
export function PlainForm({ className, onSubmit, children }: PlainFormProps): JSX.Element {
  return (
    <form
      noValidate
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
