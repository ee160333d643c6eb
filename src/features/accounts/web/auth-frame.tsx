import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Logo } from '#web/ui/logo.tsx';
import { useTitle } from '#web/ui/use-title.ts';

export const AUTH_LINK = 'font-medium text-accent underline-offset-4 hover:underline';

type AuthFrameProps = {
  title: string;
  /** A sentence under the title. */
  text: ReactNode;
  /** Under everything: the way elsewhere. */
  foot?: ReactNode;
  children?: ReactNode;
};

/** The frame of the pages that stand alone: the way home, a title, a sentence, what is filled in, and other ways. */
export function AuthFrame({ title, text, foot, children }: AuthFrameProps) {
  useTitle(title);
  return (
    <main className="grid h-full grid-cols-[minmax(0,1fr)] place-items-center overflow-y-auto p-6">
      <div className="w-full max-w-sm animate-rise">
        <Link
          href="/"
          className="mb-8 inline-flex items-center gap-2.5 rounded-small text-lg font-semibold tracking-tight"
        >
          <Logo size={28} />
          Parley
        </Link>
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1.5 text-sm text-muted text-balance">{text}</p>
        {children}
        {foot && <div className="mt-6 text-sm text-muted">{foot}</div>}
      </div>
    </main>
  );
}
