import { RotateCcw, Trash2, WifiOff } from 'lucide-react';
import { memo, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useChosenModel } from '#features/endpoints/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { words as projects } from '#features/projects/pages.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { ownerId } from '#web/kept/kept.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { useIsPast } from '#web/ui/use-is-past.ts';
import { useMoment } from '#web/ui/use-moment.ts';
import { bringBack } from './bring-back.ts';
import { addToDraft } from './drafts.ts';
import { discard, type Outgoing, sendAgain } from './outbox.ts';
import { canRetry, isOfTheModel } from './what-helps.ts';

/** Longer texts are folded, so that a pasted file does not bury the chat. */
const FOLDED_CHARACTERS = 4000;

const AUTHOR = { fetch: () => import('./author-line.tsx'), words: [projects.later] };

type UserMessageProps = {
  message: Message;
  outgoing: Outgoing | null;
  /** Where those who write in the chat are found by name. */
  projectId: string | null;
};

/**
 * The reader's own words, in a soft bubble to the right, with what went wrong when they could not be sent; somebody else's to the
 * left, under their name.
 */
export const UserMessage = memo(function UserMessage({ message, outgoing, projectId }: UserMessageProps) {
  const t = useTranslations('message');
  const moment = useMoment();
  const [unfolded, setUnfolded] = useState(false);
  const { authorId } = message;
  const own = outgoing !== null || authorId === ownerId();
  const text = textOf(message.content);
  const folded = text.length > FOLDED_CHARACTERS && !unfolded;
  return (
    <article className={cx('group/own flex flex-col', own ? 'items-end' : 'items-start')} data-role="user">
      {own ? (
        <h2 className="sr-only">{t('you')}</h2>
      ) : (
        <Suspense fallback={<span className="h-7" />}>
          <FetchedPart part={AUTHOR} give={{ projectId, authorId }} />
        </Suspense>
      )}
      <div
        dir="auto"
        className={cx(
          'max-w-[85%] rounded-large px-4 py-2.5 leading-[1.6] break-words whitespace-pre-wrap [unicode-bidi:plaintext]',
          own ? 'rounded-br-small bg-bubble' : 'mt-1 rounded-tl-small border border-hairline bg-surface',
        )}
      >
        {folded ? `${text.slice(0, FOLDED_CHARACTERS)}…` : text}
        {text.length > FOLDED_CHARACTERS && (
          <button
            type="button"
            className="mt-2 block text-sm font-medium text-accent"
            onClick={() => setUnfolded(!unfolded)}
          >
            {folded ? t('showAll') : t('showLess')}
          </button>
        )}
      </div>
      {outgoing?.failure ? (
        <NotSent outgoing={outgoing} />
      ) : (
        <div className="mt-0.5 flex h-7 items-center gap-1 text-xs text-muted opacity-0 transition-opacity group-hover/own:opacity-100 focus-within:opacity-100 touch:opacity-100">
          <time dateTime={message.createdAt}>{moment(message.createdAt)}</time>
          <CopyButton text={text} />
        </div>
      )}
    </article>
  );
});

function NotSent({ outgoing }: { outgoing: Outgoing }) {
  const t = useTranslations('message');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const [chosen] = useChosenModel(outgoing.chatId, outgoing.modelId);
  const { failure } = outgoing;
  const isTime = useIsPast(failure?.retryAt);
  if (!failure) return null;
  const changes = chosen && isOfTheModel(failure) ? { modelId: chosen.id } : {};
  const offline = failure.code === 'offline';
  const takeBack = () => {
    if (outgoing.newChat) {
      bringBack(outgoing.chatId);
      // The chat will not be: nothing leads back to its address.
      return navigate('/', { replace: true });
    }
    addToDraft(outgoing.chatId, outgoing.text);
    discard(outgoing);
    document.querySelector<HTMLElement>('[data-composer]')?.focus();
  };
  return (
    <div role="alert" className="mt-2 flex max-w-[85%] flex-col items-end gap-2 text-right text-sm">
      <p className="text-danger">
        {offline && <WifiOff size={15} className="mr-1.5 inline align-[-2px]" aria-hidden />}
        {offline ? t('notSentOffline') : t('notSent', { why: words(failure) })}
      </p>
      <div className="flex gap-1.5">
        <Button small look="quiet" onClick={takeBack}>
          <Trash2 size={15} aria-hidden />
          {failure.code === 'too_large' ? t('shorten') : t('takeBack')}
        </Button>
        {canRetry(failure, isTime) && (
          <Button small onClick={() => sendAgain(outgoing, changes)}>
            <RotateCcw size={15} aria-hidden />
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
