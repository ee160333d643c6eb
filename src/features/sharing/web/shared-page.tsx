/** What is at a link: a chat to read, for who need not be anybody. */
import { Link2Off } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { Link, useParams } from 'wouter';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Logo } from '#web/ui/logo.tsx';
import { Skeleton } from '#web/ui/page.tsx';
import { TryAgain } from '#web/ui/try-again.tsx';
import { useTitle } from '#web/ui/use-title.ts';
import type { SharedChat } from '../sharing.ts';
import { CopyIt } from './copy-it.tsx';
import { useShared } from './share-calls.ts';
import { SharedLine } from './shared-line.tsx';
import { useMore } from './use-more.ts';

/** Drawn before all else; those below take their room when they come near. */
const AT_ONCE = 4;

export default function SharedPage() {
  const t = useTranslations('shared');
  const { token = '' } = useParams<{ token: string }>();
  const shared = useShared(token);
  useTitle(shared.data ? shared.data.title || t('untitled') : shared.isError ? t('nothing') : null);
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-(--header-height) shrink-0 items-center justify-between gap-3 border-b border-hairline px-4 pt-[env(safe-area-inset-top)] sm:px-6">
        <Link
          href="/"
          className="inline-flex items-center gap-2 rounded-small font-semibold tracking-tight touch:min-h-11"
        >
          <Logo size={22} />
          Parley
        </Link>
        {shared.data && shared.data.messages.length > 0 && <CopyIt token={token} />}
      </header>
      <main
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="@container min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <div className="mx-auto flex min-h-full max-w-(--measure) flex-col px-4 pt-8 pb-16 sm:px-6">
          {shared.data && <Reading chat={shared.data} />}
          {shared.isPending && <Skeleton lines={4} className="h-20" />}
          {shared.isError && <Nothing error={shared.error} onRetry={() => void shared.refetch()} />}
        </div>
      </main>
    </div>
  );
}

function Reading({ chat: { title, createdAt, expiresAt, messages } }: { chat: SharedChat }) {
  const t = useTranslations('shared');
  const { drawn, end } = useMore(messages.length);
  const format = useFormatter();
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: 'long' });
  const moment = (at: string) => format.dateTime(new Date(at), { dateStyle: 'long', timeStyle: 'short' });
  return (
    <>
      <h1 dir="auto" className="text-2xl font-semibold tracking-tight text-balance [overflow-wrap:anywhere]">
        {title || t('untitled')}
      </h1>
      <p className="mt-1 mb-4 text-sm text-pretty text-muted">
        {t('copyOf', { when: day(createdAt) })}
        {expiresAt && ` · ${t('until', { when: moment(expiresAt) })}`}
      </p>
      {messages.length === 0 && <p className="mt-4 text-muted">{t('empty')}</p>}
      {messages.slice(0, drawn).map((message, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a copy never changes
        <SharedLine key={at} message={message} near={at < AT_ONCE} />
      ))}
      <div ref={end} className="h-px" aria-hidden="true" />
    </>
  );
}

function Nothing({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations('shared');
  const words = useErrorWords();
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <div className="flex flex-1 flex-col items-center justify-center text-center">
      <span className="grid size-14 place-items-center rounded-large bg-hover text-muted">
        <Link2Off size={26} aria-hidden />
      </span>
      <h1 className="mt-4 text-2xl font-semibold tracking-tight text-balance">
        {gone ? t('nothing') : t('unread')}
      </h1>
      <p className="mt-2 mb-6 max-w-sm text-sm text-pretty text-muted">
        {gone ? t('nothingText') : words(error)}
      </p>
      {gone ? (
        <Link href="/" className="text-sm font-medium text-accent underline-offset-4 hover:underline">
          {t('toParley')}
        </Link>
      ) : (
        <TryAgain onClick={onRetry} />
      )}
    </div>
  );
}
