import { FolderOpen, ListFilter, MessagesSquare, PanelLeftClose, Search, SquarePen, X } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useRoute } from 'wouter';
import { AccountMenu, GuestStay } from '#features/accounts/web/index.ts';
import { ChatList, SIDE_PROJECTS, setListSearch, useListSearch } from '#features/chats/web/index.ts';
import { openSearch } from '#features/search/web/index.ts';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { setPreferences } from '#web/preferences.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Logo } from '#web/ui/logo.tsx';
import { setDrawer } from '#web/ui/windows.ts';

const SEARCH_KEYS = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘ K' : 'Ctrl K';

/** The list of chats with what stands above and below it. */
export function Sidebar({ currentId }: { currentId: string | null }) {
  const t = useTranslations('shell');
  const nameOf = useTranslations('nav');
  const [isNew] = useRoute('/');
  const search = useListSearch(({ words }) => words);
  const settled = useSettled(useDeferredValue(search.trim()));
  const close = () => {
    setDrawer(false);
    setPreferences({ sidebarOpen: false });
  };
  return (
    <div className="flex h-full w-(--sidebar-width) flex-col bg-sidebar pt-[env(safe-area-inset-top)] pb-[max(0.5rem,env(safe-area-inset-bottom))]">
      <div className="flex h-(--header-height) shrink-0 items-center justify-between pr-2 pl-4">
        <Link
          href="/"
          className="flex items-center gap-2 rounded-small text-[1.0625rem] font-semibold tracking-[-0.02em]"
        >
          <Logo size={22} />
          Parley
        </Link>
        <IconButton label={t('closeList')} onClick={close} data-switch="list">
          <PanelLeftClose size={18} />
        </IconButton>
      </div>
      <div className="flex flex-col gap-1 px-2 pb-1">
        <Link
          href="/"
          onClick={() => setDrawer(false)}
          className="flex h-9 items-center gap-2.5 rounded-medium px-2.5 text-sm font-medium transition-colors hover:bg-hover touch:h-11"
        >
          <SquarePen size={16} className="text-accent" aria-hidden />
          {t('newChat')}
        </Link>
        <button
          type="button"
          onClick={() => {
            setDrawer(false);
            openSearch();
          }}
          className="group flex h-9 items-center gap-2.5 rounded-medium px-2.5 text-left text-sm transition-colors hover:bg-hover touch:h-11"
        >
          <Search size={16} className="text-muted" aria-hidden />
          <span className="flex-1">{t('search')}</span>
          <kbd
            aria-hidden
            className="font-sans text-xs text-muted opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 touch:hidden"
          >
            {SEARCH_KEYS}
          </kbd>
        </button>
        <Link
          href="/chats"
          onClick={() => setDrawer(false)}
          className="flex h-9 items-center gap-2.5 rounded-medium px-2.5 text-sm transition-colors hover:bg-hover touch:h-11"
        >
          <MessagesSquare size={16} className="text-muted" aria-hidden />
          {nameOf('allChats')}
        </Link>
        <div className="relative min-h-19 touch:min-h-23">
          <Link
            href="/projects"
            onClick={() => setDrawer(false)}
            className="flex h-9 items-center gap-2.5 rounded-medium px-2.5 text-sm transition-colors hover:bg-hover touch:h-11"
          >
            <FolderOpen size={16} className="text-muted" aria-hidden />
            {t('projects')}
          </Link>
          <LaterPart part={SIDE_PROJECTS} give={{}} />
        </div>
        <search className="relative flex items-center">
          <ListFilter size={16} className="pointer-events-none absolute left-2.5 text-muted" aria-hidden />
          <input
            type="search"
            aria-label={t('filter')}
            placeholder={t('filter')}
            value={search}
            onChange={(event) => setListSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setListSearch('')}
            className="search h-9 w-full rounded-medium bg-transparent pr-8 pl-9 text-base placeholder:text-muted hover:bg-hover focus:bg-surface sm:text-sm touch:h-11"
          />
          {search && (
            <IconButton
              label={t('clearSearch')}
              small
              className="absolute right-1"
              onClick={() => setListSearch('')}
            >
              <X size={15} />
            </IconButton>
          )}
        </search>
      </div>
      <ChatList currentId={currentId} search={settled} />
      <GuestStay look="note" place={currentId ? 'chat' : isNew ? 'new' : 'elsewhere'} />
      <div className="px-2">
        <AccountMenu />
      </div>
    </div>
  );
}

/** The value once it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 200);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
