/** The frame of a page that is not a chat: its title, what can be done on it, and its three empty states. */
import type { ReactNode, RefCallback } from 'react';
import type { NavGroup } from '#web/pages.ts';
import { cx } from './classes.ts';
import { Header } from './header.tsx';
import { PageNav } from './page-nav.tsx';
import { TryAgain } from './try-again.tsx';
import { useTitle } from './use-title.ts';

type PageProps = {
  title: string;
  /** A sentence under the title. */
  text: string;
  /** The pages it belongs to, if any. */
  nav?: NavGroup;
  /** The page's main action. */
  action?: ReactNode;
  /** Is given what it is scrolled in, for a long list on it. */
  scroller?: RefCallback<HTMLDivElement>;
  children: ReactNode;
};

export function Page({ title, text, nav, action, scroller, children }: PageProps) {
  useTitle(title);
  return (
    <>
      <Header>{nav && <PageNav group={nav} />}</Header>
      {/* What is on a page goes by the room it has (`@xl:`), which the list and a panel may take from it. */}
      <div ref={scroller} className="@container min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]">
        <div className="mx-auto max-w-5xl px-4 py-8 pb-16 sm:px-6">
          <div className="flex flex-wrap items-start justify-between gap-4">
            <div className="max-w-lg">
              <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
              <p className="mt-1 text-sm text-muted text-pretty">{text}</p>
            </div>
            {action}
          </div>
          {children}
        </div>
      </div>
    </>
  );
}

/** A part of a page, with its own title. */
export function Section({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mt-10">
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="text-base font-semibold tracking-tight">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

/** It could not be read: says so, and offers to try again. */
export function Failed({ children, onRetry }: { children: ReactNode; onRetry: () => void }) {
  return (
    <p role="alert" className="mt-6 flex flex-wrap items-center gap-3 text-sm text-muted">
      {children}
      <TryAgain small onClick={onRetry} />
    </p>
  );
}

/** Where lines will stand once they have been read. */
export function Skeleton({ lines, className = 'h-14' }: { lines: number; className?: string }) {
  return (
    <div className="mt-4 flex flex-col gap-2" aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move
        <div key={index} className={cx('animate-breathe rounded-medium bg-hover', className)} />
      ))}
    </div>
  );
}
