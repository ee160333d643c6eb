/** The frame of every page: the list at the left (a drawer on narrow screens), the page, a panel at its right, the windows over it. */
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { lazyFile } from '#web/fetch-file.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { usePreferences } from '#web/preferences.ts';
import { useMedia } from '#web/theme/theme.ts';
import { Toasts } from '#web/ui/toast.tsx';
import { closePanel, closeWindow, setDrawer, useOpen } from '#web/ui/windows.ts';
import { PANELS, WINDOWS } from '../parts.ts';
import { Sidebar } from './sidebar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const Drawer = lazyFile(() => import('./drawer.tsx'));

export function Shell({ currentId, children }: { currentId: string | null; children: ReactNode }) {
  const t = useTranslations('shell');
  const sidebarOpen = usePreferences((preferences) => preferences.sidebarOpen);
  const open = useOpen();
  const window = WINDOWS.find(({ name }) => name === open.window?.name);
  const panel = PANELS.find(({ name }) => name === open.panel?.name);
  const wide = useMedia('(min-width: 48rem)');
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
        <aside aria-label={t('list')} className="shrink-0 border-r border-hairline">
          <Sidebar currentId={currentId} />
        </aside>
      )}
      <main tabIndex={-1} className="relative flex h-full min-w-0 flex-1 flex-col focus:outline-none">
        {children}
        <Toasts />
      </main>
      <Suspense fallback={null}>
        {panel && open.panel && (
          <FetchedPart
            key={open.panel.opening}
            part={panel}
            give={{ subject: open.panel.subject, onClose: closePanel }}
          />
        )}
      </Suspense>
      <Suspense fallback={null}>
        {!wide && open.drawer && <Drawer currentId={currentId} />}
        {window && open.window && (
          <FetchedPart part={window} give={{ subject: open.window.subject, onClose: closeWindow }} />
        )}
      </Suspense>
    </div>
  );
}

function focusPage(): void {
  document.querySelector<HTMLElement>('[data-composer], main:not(:has([data-composer]))')?.focus();
}
