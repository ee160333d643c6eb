/** The messages of a chat, oldest first, older pages read on the way up. */
import { ArrowDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { useMedia } from '#web/theme/theme.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { ChatSkeleton } from './chat-states.tsx';
import { later } from './later-words.ts';
import { Line } from './line.tsx';
import { LINKED } from './linked/linked.ts';
import type { BranchLine } from './use-branch.ts';
import { useOlderPages } from './use-older-pages.ts';
import { usePinnedScroll } from './use-pinned-scroll.ts';
import { useSettled } from './use-settled.ts';

const PRESSED = { fetch: () => import('./tree/pressed-menu.tsx'), words: [later] };

/** Messages at the end that are drawn before all others, and laid out whether or not they are near the screen. */
const AT_ONCE = 4;

type MessageListProps = {
  chatId: string | null;
  /** Where those who write in it are found by name. */
  projectId: string | null;
  /** Whoever is here may not have anything answered. */
  reads: boolean;
  lines: readonly BranchLine[];
  /** The skeleton was there before, and stays until the messages have their places. */
  waited: boolean;
  /** The message above which some are not read. */
  gap: string | undefined;
  /** Reads the page before the oldest one shown; null: there is none. */
  loadOlder: (() => Promise<unknown>) | null;
  onRetry: (message: Message) => void;
  onContinue: (message: Message) => void;
  onRegenerate: (message: Message, modelId?: string) => void;
};

export function MessageList({
  chatId,
  projectId,
  reads,
  lines,
  waited,
  gap,
  loadOlder,
  ...actions
}: MessageListProps) {
  const t = useTranslations('chat');
  const touch = useMedia('(pointer: coarse)');
  const { scroller, content, pinned, toEnd } = usePinnedScroll(chatId);
  const phase = useSettled(chatId, content);
  const top = useOlderPages(scroller, loadOlder, lines[0]?.message.id);

  // On sending, the reader's own words go to the top of the screen and the answer grows below them.
  const sent = lines.findLast((line) => line.outgoing)?.message.id;
  const lastSent = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (sent && sent !== lastSent.current) toEnd(true);
    if (sent) lastSent.current = sent;
  }, [sent, toEnd]);

  const turns = toTurns(lines, gap);
  const fresh = lastSent.current !== undefined || sent !== undefined;
  const lastReply = lines.at(-1)?.message;
  const atOnce = new Set(lines.slice(-AT_ONCE).map(({ message }) => message.id));
  return (
    <div className="relative min-h-0 flex-1">
      {/* Reached by Tab, so that the keys that scroll do. */}
      <section
        ref={scroller}
        aria-label={t('messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="[container-type:size] h-full overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
        data-testid="messages"
      >
        <div
          ref={content}
          className={cx(
            'mx-auto flex min-h-full max-w-(--measure) flex-col px-4 pt-4 pb-8 sm:px-6',
            phase === 'hidden' && 'invisible',
          )}
        >
          {loadOlder && <div ref={top} className="h-px" aria-hidden="true" />}
          {turns.map((turn) => (
            <div
              key={turn[0]!.message.id}
              className={cx(fresh && turn === turns.at(-1) && 'min-h-[calc(100cqh-5rem)]')}
            >
              {turn[0]!.message.id === gap && <LaterPart part={LINKED} give={{ chatId, gap }} />}
              {turn.map(({ message, outgoing }) => (
                <div
                  key={message.id}
                  data-message={message.id}
                  className={cx(
                    'message',
                    message.excluded && 'excluded',
                    phase !== 'settled' && atOnce.has(message.id) && 'at-once',
                    message.role === 'user' ? 'pt-4 pb-1' : 'pb-4',
                  )}
                >
                  <Line
                    message={message}
                    outgoing={outgoing}
                    projectId={projectId}
                    reads={reads}
                    last={message === lastReply}
                    near={atOnce.has(message.id)}
                    {...actions}
                  />
                </div>
              ))}
            </div>
          ))}
        </div>
      </section>
      {touch && <LaterPart part={PRESSED} give={{ content, lines, reads }} />}
      {waited && phase === 'hidden' && (
        <div className="absolute inset-0">
          <ChatSkeleton />
        </div>
      )}
      <span className="fade-down" aria-hidden="true" />
      <span className="fade-up" aria-hidden="true" />
      {!pinned && (
        <IconButton
          label={t('toEnd')}
          onClick={() => toEnd(true)}
          className="absolute bottom-3 left-1/2 -ml-[18px] animate-rise !rounded-full border border-hairline bg-surface shadow-float touch:-ml-[22px]"
        >
          <ArrowDown size={18} />
        </IconButton>
      )}
    </div>
  );
}

/** Messages by turn: what somebody said, with what was answered. */
function toTurns(lines: readonly BranchLine[], gap: string | undefined): BranchLine[][] {
  const turns: BranchLine[][] = [];
  for (const line of lines) {
    const { id, role } = line.message;
    if (role === 'user' || turns.length === 0 || id === gap) turns.push([line]);
    else turns.at(-1)!.push(line);
  }
  return turns;
}
