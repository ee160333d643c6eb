import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Button } from '#web/ui/button.tsx';
import { Header } from '#web/ui/header.tsx';
import { useChatActions } from './use-chat-actions.ts';
import { useChats } from './use-chats.ts';

/** The chats that were put away: to read, to bring back, to delete. */
export default function ArchivePage() {
  const t = useTranslations('chats');
  const list = useChats(true);
  const { archive, remove } = useChatActions();
  const chats = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Header />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-(--measure) px-4 py-8 sm:px-6">
          <h1 className="text-2xl font-semibold tracking-tight">{t('archiveTitle')}</h1>
          <p className="mt-1 text-sm text-muted">{t('archiveText')}</p>
          {list.isSuccess && chats.length === 0 && <p className="mt-10 text-muted">{t('archiveEmpty')}</p>}
          <ul className="mt-6">
            {chats.map((chat) => (
              <li
                key={chat.id}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline py-2.5"
              >
                <Link
                  href={`/c/${chat.id}`}
                  className="min-w-0 flex-1 basis-52 truncate text-[15px] underline-offset-4 hover:underline"
                >
                  {chat.title || t('untitled')}
                </Link>
                <span className="flex gap-1">
                  <Button small onClick={() => archive(chat)}>
                    {t('unarchive')}
                  </Button>
                  <Button small look="quiet" onClick={() => remove(chat)}>
                    {t('delete')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
          {list.hasNextPage && (
            <Button className="mt-4" onClick={() => void list.fetchNextPage()}>
              {t('more')}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}
