import { PanelLeft, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { setPreferences, usePreferences } from '#web/preferences.ts';
import { IconButton, IconLink } from './button.tsx';
import { ConnectionChip } from './connection-chip.tsx';
import { setDrawer } from './windows.ts';

/** The top of every page: the way to the list, what the page puts there, and the state of the line. */
export function Header({ children }: { children?: ReactNode }) {
  const t = useTranslations('header');
  const sidebarOpen = usePreferences((preferences) => preferences.sidebarOpen);
  return (
    <header className="flex min-h-(--header-height) shrink-0 items-center gap-1 px-2 pt-[env(safe-area-inset-top)] sm:px-3">
      <IconButton label={t('openList')} className="md:hidden" onClick={() => setDrawer(true)}>
        <PanelLeft size={18} />
      </IconButton>
      {!sidebarOpen && (
        <span className="flex items-center max-md:hidden">
          <IconButton
            label={t('openList')}
            data-switch="list"
            onClick={() => setPreferences({ sidebarOpen: true })}
          >
            <PanelLeft size={18} />
          </IconButton>
          <IconLink href="/" label={t('newChat')}>
            <SquarePen size={18} />
          </IconLink>
        </span>
      )}
      {children ?? <span className="flex-1" />}
      <ConnectionChip />
    </header>
  );
}
