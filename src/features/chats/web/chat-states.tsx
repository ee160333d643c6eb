import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Button } from '#web/ui/button.tsx';
import { TryAgain } from '#web/ui/try-again.tsx';

/** Stands in for the messages until they are read. */
export function ChatSkeleton() {
  return (
    <div aria-hidden="true" className="min-h-0 flex-1 overflow-hidden">
      <div className="mx-auto flex max-w-(--measure) animate-breathe flex-col gap-4 px-4 pt-8 sm:px-6">
        <div className="h-11 w-1/2 self-end rounded-large bg-hover" />
        {[92, 97, 84, 60].map((width) => (
          <div key={width} className="h-3.5 rounded-full bg-hover" style={{ width: `${width}%` }} />
        ))}
      </div>
    </div>
  );
}

type ChatUnreachableProps = {
  gone?: boolean;
  /** It was read before, in a project. */
  lost?: boolean;
  onRetry?: () => void;
  /** Takes what was written for the chat to a new one; null: nothing was. */
  onBringBack?: (() => void) | null;
};

/** A chat that is gone (or was never ours), or cannot be read just now. */
export function ChatUnreachable({ gone = false, lost = false, onRetry, onBringBack }: ChatUnreachableProps) {
  const t = useTranslations('chat');
  return (
    <div className="grid min-h-0 flex-1 place-items-center p-6 text-center">
      <div className="max-w-sm">
        <h1 className="text-lg font-semibold tracking-tight">{gone ? t('goneTitle') : t('unreadTitle')}</h1>
        <p className="mt-1.5 text-sm text-muted text-balance">
          {lost ? t('lostText') : gone ? t('goneText') : t('unreadText')}
        </p>
        <div className="mt-5 flex justify-center">
          {onRetry ? (
            <TryAgain onClick={onRetry} />
          ) : onBringBack ? (
            <Button look="primary" onClick={onBringBack}>
              {t('bringBack')}
            </Button>
          ) : (
            <Link href="/" className="font-medium text-accent underline-offset-4 hover:underline">
              {t('startNew')}
            </Link>
          )}
        </div>
      </div>
    </div>
  );
}
