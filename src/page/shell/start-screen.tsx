import { useTranslations } from 'use-intl';
import { useLiveStatus } from '#web/live/live-status.ts';
import { Button } from '#web/ui/button.tsx';
import { Logo } from '#web/ui/logo.tsx';
import { TryAgain } from '#web/ui/try-again.tsx';

/** Before it is known who is here: the mark, and a word when the server does not answer. */
export function StartScreen({ failed = false, onRetry }: { failed?: boolean; onRetry?: () => void }) {
  const t = useTranslations('shell');
  return (
    <main className="grid h-full place-items-center p-6 text-center">
      <div className="flex flex-col items-center gap-4">
        <span className={failed ? '' : 'animate-breathe'}>
          <Logo size={44} />
        </span>
        {failed && (
          <>
            <p className="text-muted">{t('noServer')}</p>
            <TryAgain onClick={onRetry} />
          </>
        )}
      </div>
    </main>
  );
}

/** Instead of a page that cannot be fetched as long as the server is away. */
export function Away() {
  const t = useTranslations('shell');
  const offline = useLiveStatus(({ status }) => status === 'offline');
  return offline && <p className="m-auto p-6 text-center text-muted">{t('noServer')}</p>;
}

/** The page itself cannot go on: most often a newer Parley is served by now, and its old parts are gone. */
export function Broken() {
  const t = useTranslations('shell');
  return (
    <main className="grid h-full place-items-center p-6 text-center">
      <div className="flex max-w-sm flex-col items-center gap-4">
        <Logo size={44} />
        <p className="text-muted text-balance">{t('broken')}</p>
        <Button look="primary" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      </div>
    </main>
  );
}
