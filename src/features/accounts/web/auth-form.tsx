import type { FormEvent, ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';

type AuthFormProps = {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** What its one button is called. */
  action: string;
  busy: boolean;
  /** Why it failed. */
  problem: string | null;
  hidden?: boolean | undefined;
  children: ReactNode;
};

/** What is filled in on a page that stands alone, what went wrong, and the button that sends it. */
export function AuthForm({ onSubmit, action, busy, problem, hidden, children }: AuthFormProps) {
  return (
    <form onSubmit={onSubmit} className="mt-6 flex flex-col gap-4" hidden={hidden}>
      {children}
      {problem && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <Button look="primary" type="submit" disabled={busy} className="h-11 sm:h-10">
        {action}
      </Button>
    </form>
  );
}
