import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Button } from '#web/ui/button.tsx';
import { Failed, Page, Skeleton } from '#web/ui/page.tsx';
import { useChatActions } from './use-chat-actions.ts';
import { useChats } from './use-chats.ts';

/** The chats that were put away: to read, to restore, to delete. */
export default function ArchivePage() {
  const t = useTranslations('archive');
  const ofChats = useTranslations('chats');
  const list = useChats(true);
  const { archive, remove } = useChatActions();
  const chats = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('title')} text={t('text')} nav="own">
      {list.isPending && <Skeleton lines={4} className="h-9" />}
      {list.isError && <Failed onRetry={() => void list.refetch()}>{ofChats('listFailed')}</Failed>}
      {list.isSuccess && chats.length === 0 && <p className="mt-10 text-muted">{t('empty')}</p>}
      <ul className="mt-6">
        {chats.map((chat) => (
          <li
            key={chat.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline py-2.5"
          >
            <Link
              href={`/c/${chat.id}`}
              dir="auto"
              className="min-w-0 flex-1 basis-52 truncate text-row underline-offset-4 hover:underline"
            >
              {chat.title || ofChats('untitled')}
              {chat.tags.length > 0 && (
                <span className="ml-3 text-note text-muted">{chat.tags.join(' · ')}</span>
              )}
            </Link>
            <span className="flex flex-wrap gap-1">
              <Button small onClick={() => archive(chat)}>
                {ofChats('unarchive')}
              </Button>
              <Button small look="quiet" onClick={() => remove(chat)}>
                {ofChats('delete')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-4" onClick={() => void list.fetchNextPage()}>
          {ofChats('more')}
        </Button>
      )}
    </Page>
  );
}
