/** A reply that is one of several to the same question: the chat goes on with it, and the others can be read. */
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Reply } from '#features/generations/web/index.ts';
import type { Message, Siblings } from '#features/messages/messages.ts';
import { api } from '#web/api/http.ts';
import { IconButton } from '#web/ui/button.tsx';
import { TryAgain } from '#web/ui/try-again.tsx';

type SiblingRepliesProps = ComponentProps<typeof Reply> & { siblings: Siblings };

export default function SiblingReplies({ siblings, ...reply }: SiblingRepliesProps) {
  const t = useTranslations('siblings');
  const [{ at, by }, setPlace] = useState({ at: siblings.index, by: 0 });
  const turn = (step: number) => setPlace({ at: at + step, by: step });
  const pager = <Pager at={at} by={by} count={siblings.count} onTurn={turn} />;
  if (at === siblings.index) return <Reply {...reply} pager={pager} />;
  return (
    <section aria-label={t('another')}>
      <Another key={at} {...reply} id={siblings.ids[at]!} pager={pager} />
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2 text-note text-muted">
        {t('toRead', { number: siblings.index + 1 })}
        <button
          type="button"
          className="font-medium text-accent underline-offset-4 hover:underline touch:min-h-11"
          onClick={() => setPlace({ at: siblings.index, by: 1 })}
        >
          {t('back')}
        </button>
      </p>
    </section>
  );
}

type AnotherProps = ComponentProps<typeof Reply> & { id: string };

/** One of the replies that the chat does not go on with. */
function Another({ id, pager, ...reply }: AnotherProps) {
  const t = useTranslations('siblings');
  const { data, isError, refetch } = useQuery({
    queryKey: ['message', id],
    queryFn: ({ signal }) => api<Message>('GET', `/api/v1/messages/${id}`, undefined, signal),
  });
  if (data) return <Reply {...reply} message={data} last={false} pager={pager} />;
  return (
    <div className="flex flex-col items-start gap-2 text-sm text-muted">
      {isError && (
        <>
          <p>{t('failed')}</p>
          <TryAgain small onClick={() => void refetch()} />
        </>
      )}
      {pager}
    </div>
  );
}

type PagerProps = {
  at: number;
  count: number;
  /** The step that led here: as each reply has a pager of its own, the focus is handed from one to the next. */
  by: number;
  onTurn: (step: number) => void;
};

/** ‹ 1/2 ›: which of several is shown, and the ways to the ones beside it. */
function Pager({ at, count, by, onTurn }: PagerProps) {
  const t = useTranslations('siblings');
  const [first, last] = [at === 0, at === count - 1];
  const toPrevious = by < 0 ? !first : by > 0 && last;
  return (
    <fieldset aria-label={t('pager')} className="inline-flex items-center text-muted">
      <IconButton
        label={t('previous')}
        small
        disabled={first}
        autoFocus={toPrevious}
        onClick={() => onTurn(-1)}
      >
        <ChevronLeft size={16} />
      </IconButton>
      <span className="text-xs tabular-nums">
        {at + 1}/{count}
      </span>
      <IconButton
        label={t('next')}
        small
        disabled={last}
        autoFocus={by !== 0 && !toPrevious}
        onClick={() => onTurn(1)}
      >
        <ChevronRight size={16} />
      </IconButton>
    </fieldset>
  );
}
