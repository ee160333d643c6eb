import { useTranslations } from 'use-intl';
import { isTerminalState } from '#features/generations/rules.ts';
import { isWaiting, useReplies } from '#features/generations/web/index.ts';
import { cx } from '#web/ui/classes.ts';
import { useUnread } from './unread.ts';

/** Whether something waits or is written in a chat, or was finished while nobody looked. */
export function GoingMark({ chatId, className }: { chatId: string; className?: string }) {
  const t = useTranslations('chats');
  const state = useReplies(({ replies }) => {
    const running = Object.values(replies).filter(
      (live) => live.chatId === chatId && !isTerminalState(live.reply.state),
    );
    if (running.some((live) => !isWaiting(live))) return 'running';
    return running.length > 0 ? 'queued' : null;
  });
  const unread = useUnread((chats) => chats[chatId] ?? false);
  if (!state && !unread) return null;
  const label = state === 'running' ? t('writing') : state === 'queued' ? t('waiting') : t('unread');
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className={cx(
        'shrink-0 rounded-full',
        className,
        state === 'queued' ? 'h-3.5 w-[5px] bg-queue' : 'size-2 bg-accent',
        state && 'animate-breathe',
      )}
    />
  );
}
