/** The frame of every page: the list at the left (a drawer on narrow screens), the page, the windows over it. */
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useDetails } from '#features/chats/web/index.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { usePreferences } from '#web/preferences.ts';
import { useMedia } from '#web/theme/theme.ts';
import { closeWindow, setDrawer, useWindow } from '#web/ui/windows.ts';
import { WINDOWS } from '../parts.ts';
import { Sidebar } from './sidebar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const Drawer = lazy(() => import('./drawer.tsx'));
const DetailsDialog = lazy(() => import('#features/chats/web/details-dialog.tsx'));

export function Shell({ currentId, children }: { currentId: string | null; children: ReactNode }) {
  const t = useTranslations('shell');
  const sidebarOpen = usePreferences((preferences) => preferences.sidebarOpen);
  const { open, drawer } = useWindow();
  const window = WINDOWS.find(({ name }) => name === open);
  const details = useDetails((state) => state.chatId);
  const wide = useMedia('(min-width: 768px)');
  const [location] = useLocation();
  const chat = location === '/' || location.startsWith('/c/');
  useShortcuts();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere closes the drawer
  useEffect(() => setDrawer(false), [location, wide]);
  return (
    <div className="flex h-full">
      <button type="button" className="skip-link" onClick={focusPage}>
        {t(chat ? 'skip' : 'skipToPage')}
      </button>
      {wide && sidebarOpen && (
        <div className="shrink-0 border-r border-hairline">
          <Sidebar currentId={currentId} />
        </div>
      )}
      <main tabIndex={-1} className="relative flex h-full min-w-0 flex-1 flex-col focus:outline-none">
        {children}
      </main>
      <Suspense fallback={null}>
        {!wide && drawer && <Drawer currentId={currentId} />}
        {window && <FetchedPart part={window} give={{ onClose: closeWindow }} />}
        {details && <DetailsDialog />}
      </Suspense>
    </div>
  );
}

function focusPage(): void {
  document.querySelector<HTMLElement>('[data-composer], main:not(:has([data-composer]))')?.focus();
}
