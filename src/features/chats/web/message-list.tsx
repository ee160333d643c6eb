/** The messages of a chat, oldest first, older pages read on the way up. */
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Reply } from '#features/generations/web/reply.tsx';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import type { Message } from '../chats.ts';
import type { BranchLine } from './use-branch.ts';
import { usePinnedScroll } from './use-pinned-scroll.ts';
import { UserMessage } from './user-message.tsx';

type MessageListProps = {
  chatId: string | null;
  lines: readonly BranchLine[];
  /** Reads the page before the oldest one shown; null: there is none. */
  loadOlder: (() => Promise<unknown>) | null;
  onRetry: (message: Message) => void;
  onContinue: () => void;
  onRegenerate: (message: Message, modelId?: string) => void;
};

export function MessageList({ chatId, lines, loadOlder, ...actions }: MessageListProps) {
  const t = useTranslations('chat');
  const { scroller, content, pinned, toEnd } = usePinnedScroll(chatId);
  const top = useOlderPages(scroller.current, loadOlder, lines[0]?.message.id);

  // On sending, the reader's own words go to the top of the screen and the answer grows below them.
  const sent = lines.findLast((line) => line.outgoing)?.message.id;
  const lastSent = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (sent && sent !== lastSent.current) toEnd(true);
    if (sent) lastSent.current = sent;
  }, [sent, toEnd]);

  const lastUser = lines.findLastIndex(({ message }) => message.role === 'user');
  const turns = [lines.slice(0, Math.max(0, lastUser)), lines.slice(Math.max(0, lastUser))];
  const fresh = lastSent.current !== undefined || sent !== undefined;
  const lastReply = lines.at(-1)?.message;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]"
        data-testid="messages"
      >
        <div
          ref={content}
          className="mx-auto flex min-h-full max-w-(--measure) flex-col px-4 pt-4 pb-8 sm:px-6"
        >
          {loadOlder && <div ref={top} className="h-px text-center text-sm text-muted" aria-hidden="true" />}
          {turns.map((turn, part) => (
            <div
              key={part === 0 ? 'before' : 'last'}
              className={cx(
                'flex flex-col empty:hidden',
                part === 1 && fresh && 'min-h-[calc(100dvh-15rem)]',
              )}
            >
              {turn.map(({ message, outgoing }) => (
                <div
                  key={message.id}
                  data-message={message.id}
                  className={cx('message', message.role === 'user' ? 'pt-4 pb-1' : 'pb-4')}
                >
                  {message.role === 'user' ? (
                    <UserMessage message={message} outgoing={outgoing} />
                  ) : (
                    <Reply message={message} last={message === lastReply} {...actions} />
                  )}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
      <span className="fade-down" aria-hidden="true" />
      <span className="fade-up" aria-hidden="true" />
      {!pinned && (
        <IconButton
          label={t('toEnd')}
          onClick={() => toEnd(true)}
          className="absolute bottom-3 left-1/2 -translate-x-1/2 animate-rise rounded-full border border-hairline bg-surface shadow-float"
        >
          <ArrowDown size={18} />
        </IconButton>
      )}
    </div>
  );
}

/** Loads older pages when their place comes near, and keeps what is read where it is. */
function useOlderPages(
  scroller: HTMLDivElement | null,
  loadOlder: (() => Promise<unknown>) | null,
  firstId: string | undefined,
) {
  const top = useRef<HTMLDivElement>(null);
  const heightBefore = useRef(0);
  const load = useRef(loadOlder);
  load.current = loadOlder;
  useEffect(() => {
    const mark = top.current;
    if (!mark || !scroller) return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        heightBefore.current = scroller.scrollHeight;
        void load.current?.();
      },
      { root: scroller, rootMargin: '600px 0px 0px' },
    );
    seen.observe(mark);
    return () => seen.disconnect();
  }, [scroller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when older messages were put before the first
  useLayoutEffect(() => {
    if (!scroller || heightBefore.current === 0) return;
    scroller.scrollTop += scroller.scrollHeight - heightBefore.current;
    heightBefore.current = 0;
  }, [firstId]);
  return top;
}
