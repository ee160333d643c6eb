/** Makes links to a copy of a chat, and withdraws them. */
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useChat, useMessages } from '#features/chats/web/index.ts';
import { onFrame } from '#features/generations/web/index.ts';
import { reasoningOf, textOf } from '#features/messages/rules.ts';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import type { MadeShare } from '../sharing.ts';
import { MadeLink } from './made-link.tsx';
import { NewLink } from './new-link.tsx';
import { refreshShares, useShares } from './share-calls.ts';
import { ShareRow } from './share-row.tsx';

type ShareDialogProps = { subject: string; onClose: () => void };

export default function ShareDialog({ subject: chatId, onClose }: ShareDialogProps) {
  const t = useTranslations('sharing');
  const words = useErrorWords();
  const shares = useShares(chatId);
  const { data: chat } = useChat(chatId, true);
  const seen = useSeen(chatId);
  const [made, setMade] = useState<MadeShare | null>(null);
  useEffect(
    () => onFrame('shares_changed', (news) => void refreshShares((news as { chatId: string }).chatId)),
    [],
  );
  const refused = shares.error instanceof ApiError && shares.error.status === 403;
  const others = shares.data?.filter(({ id }) => id !== made?.id) ?? [];
  return (
    <Dialog title={t('title')} {...(chat?.title && { description: chat.title })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        {shares.isPending && <Skeleton lines={2} />}
        {refused && <p className="text-sm text-pretty text-muted">{words(shares.error)}</p>}
        {shares.isError && !refused && <Failed onRetry={() => void shares.refetch()}>{t('failed')}</Failed>}
        {shares.isSuccess &&
          (made ? <MadeLink share={made} /> : <NewLink chatId={chatId} {...seen} onMade={setMade} />)}
        {others.length > 0 && (
          <section className="border-t border-hairline pt-4">
            <h3 className="text-sm font-medium">{t(made ? 'earlier' : 'existing')}</h3>
            <ul className="mt-1">
              {others.map((share) => (
                <ShareRow key={share.id} chatId={chatId} share={share} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}

/** What a copy made now would show, as far as this page knows: how many messages, and whether a model thought before it spoke. */
function useSeen(chatId: string) {
  const { data, hasNextPage } = useMessages(chatId, true);
  const messages = data?.pages.flatMap(({ items }) => items) ?? [];
  const said = messages.filter(
    ({ role, content }) => (role === 'user' || role === 'assistant') && textOf(content).trim() !== '',
  );
  return {
    // Not all of a long chat is read.
    count: data && !hasNextPage ? said.length : null,
    thought: hasNextPage || messages.some(({ content }) => reasoningOf(content) !== ''),
    writing: messages.some(({ generationId, ending }) => generationId !== null && ending === null),
  };
}
