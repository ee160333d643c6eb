import { RotateCcw, Trash2, WifiOff } from 'lucide-react';
import { type ComponentType, memo, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { useIsPast } from '#web/ui/use-is-past.ts';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import { bringBack } from './bring-back.ts';
import { addToDraft } from './drafts.ts';
import { discard, type Outgoing, sendAgain } from './outgoing.ts';
import { canRetry, isUnknownModel } from './what-helps.ts';

/** Longer texts are folded, so that a pasted file does not bury the chat. */
const FOLDED_CHARACTERS = 4000;
const HOVERED =
  'opacity-0 group-hover/own:opacity-100 focus-within:opacity-100 has-data-[state=open]:opacity-100 touch:opacity-100';

type UserMessageProps = {
  message: Message;
  outgoing: Outgoing | null;
  /** Says whose words they are; null: the reader's own. */
  author: ReactNode;
  /** The way to other versions of it. */
  pager?: ReactNode;
  /** What else can be done to it. */
  Tools: ComponentType<{ message: Message }>;
};

/**
 * The reader's own words, in a soft bubble to the right, with what went wrong when they could not be sent; somebody else's to the
 * left, under their name.
 */
export const UserMessage = memo(function UserMessage(props: UserMessageProps) {
  const { message, outgoing, author, pager, Tools } = props;
  const t = useTranslations('message');
  const timestamp = useTimestamp();
  const [unfolded, setUnfolded] = useState(false);
  const text = textOf(message.content);
  const folded = text.length > FOLDED_CHARACTERS && !unfolded;
  return (
    <article className={cx('group/own flex flex-col', author ? 'items-start' : 'items-end')} data-role="user">
      {author ?? <h2 className="sr-only">{t('you')}</h2>}
      <div
        dir="auto"
        className={cx(
          'max-w-[85%] rounded-large px-4 py-2.5 leading-[1.6] break-words whitespace-pre-wrap [unicode-bidi:plaintext]',
          author ? 'mt-1 rounded-tl-small border border-hairline bg-surface' : 'rounded-br-small bg-bubble',
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
        <div
          className={cx(
            'mt-0.5 flex min-h-7 items-center gap-1 text-xs text-muted transition-opacity',
            !pager && HOVERED,
          )}
        >
          <time dateTime={message.createdAt}>{timestamp(message.createdAt)}</time>
          <CopyButton text={text} />
          {!outgoing && <Tools message={message} />}
          {pager}
        </div>
      )}
    </article>
  );
});

function NotSent({ outgoing }: { outgoing: Outgoing }) {
  const t = useTranslations('message');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const { failure } = outgoing;
  const isTime = useIsPast(failure?.retryAt);
  if (!failure) return null;
  const changes = isUnknownModel(failure)
    ? { modelId: null, modelIds: undefined, place: { ...outgoing.place, settings: {} } }
    : {};
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
      <div className="flex flex-wrap justify-end gap-1.5">
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
