/** The frame of every page: the list at the left (a drawer on narrow screens), the page, a panel at its right, the windows over it. */
import { type ReactNode, Suspense, use, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { lazyFile } from '#web/fetch-file.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { usePreferences } from '#web/preferences.ts';
import { useMedia } from '#web/theme/theme.ts';
import { Toasts } from '#web/ui/toast.tsx';
import { closePanel, closeWindow, setDrawer, useOpen } from '#web/ui/windows.ts';
import { fetchParts } from '../fetch-parts.ts';
import { Sidebar } from './sidebar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const Drawer = lazyFile(() => import('./drawer.tsx'));

export function Shell({ currentId, children }: { currentId: string | null; children: ReactNode }) {
  const t = useTranslations('shell');
  const sidebarOpen = usePreferences((preferences) => preferences.sidebarOpen);
  const open = useOpen();
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
        {open.panel && <OpenPanel key={open.panel.opening} {...open.panel} />}
      </Suspense>
      <Suspense fallback={null}>
        {!wide && open.drawer && <Drawer currentId={currentId} />}
        {open.window && <OpenWindow {...open.window} />}
      </Suspense>
    </div>
  );
}

type Opened = { name: string; subject: string };

function OpenPanel({ name, subject }: Opened) {
  const part = use(fetchParts()).PANELS.find((panel) => panel.name === name);
  return part && <FetchedPart part={part} give={{ subject, onClose: closePanel }} />;
}

function OpenWindow({ name, subject }: Opened) {
  const part = use(fetchParts()).WINDOWS.find((window) => window.name === name);
  return part && <FetchedPart part={part} give={{ subject, onClose: closeWindow }} />;
}

function focusPage(): void {
  document.querySelector<HTMLElement>('[data-composer], main:not(:has([data-composer]))')?.focus();
}
