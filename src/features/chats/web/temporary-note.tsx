import { MessageCircleDashed } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../chats.ts';
import { changeChat } from './change-chat.ts';

/** Says above the composer what becomes of a temporary chat, with the way to keep it. */
export default function TemporaryNote({ chat }: { chat: Chat | null }) {
  const t = useTranslations('temporary');
  const words = useErrorWords();
  const keep = (kept: Chat) =>
    changeChat(kept, { temporary: false }).then(
      () => toast(t('kept')),
      (error) => toast(words(error)),
    );
  return (
    <div className="mx-auto w-full max-w-(--measure) shrink-0 px-3 pb-2 sm:px-6">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-large border border-dashed border-outline px-4 py-1.5 text-note text-pretty text-muted">
        <MessageCircleDashed size={16} className="shrink-0" aria-hidden />
        <span className="min-w-[min(100%,12rem)] flex-1">{t('note')}</span>
        {chat && (
          <Button small look="quiet" className="-mr-2.5" onClick={() => void keep(chat)}>
            {t('keep')}
          </Button>
        )}
      </p>
    </div>
  );
}
