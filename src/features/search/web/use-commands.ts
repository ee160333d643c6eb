import {
  FolderOpen,
  Languages,
  type LucideIcon,
  Moon,
  PanelLeft,
  SquarePen,
  Sun,
  SunMoon,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import { chooseLanguage } from '#features/accounts/web/index.ts';
import { type NavItem, useNavigation } from '#web/pages.ts';
import { setPreferences, useLanguage, usePreferences } from '#web/preferences.ts';
import { openWindow } from '#web/ui/windows.ts';

/** Something to do: going somewhere, opening a window, or changing how the page is at once. */
export type Command = {
  id: string;
  name: string;
  icon: LucideIcon;
  /** Where it leads; null for what is done where one is. */
  path: string | null;
  run?: () => void;
  /** Opens a window in the place of this one. */
  window?: true;
};

/** Everything that can be done from anywhere, by its name in the user's language. */
export function useCommands(): Command[] {
  const t = useTranslations('search.command');
  const nameOf = useTranslations('nav');
  const ways = [...useNavigation('own'), ...useNavigation('admin')];
  const theme = usePreferences((preferences) => preferences.theme);
  const language = useLanguage();
  const toPage = (id: string, name: string, icon: LucideIcon, path: string): Command => ({
    id,
    name,
    icon,
    path,
  });
  const does = (id: string, name: string, icon: LucideIcon, run: () => void): Command => ({
    id,
    name,
    icon,
    path: null,
    run,
  });
  const wayTo = (item: NavItem): Command =>
    'path' in item
      ? toPage(item.path, nameOf(item.word), item.icon, item.path)
      : { ...does(item.window, nameOf(item.word), item.icon, () => openWindow(item.window)), window: true };
  return [
    toPage('new', t('newChat'), SquarePen, '/'),
    toPage('projects', t('projects'), FolderOpen, '/projects'),
    ...ways.map(wayTo),
    ...(['light', 'dark', 'system'] as const)
      .filter((one) => one !== theme)
      .map((one) => does(one, t(one), THEMES[one], () => setPreferences({ theme: one }))),
    // In the language that it leads to: whoever cannot read this one looks for that.
    language === 'en'
      ? does('ru', 'Русский язык', Languages, () => chooseLanguage('ru'))
      : does('en', 'English language', Languages, () => chooseLanguage('en')),
    does('list', t('list'), PanelLeft, () =>
      setPreferences({ sidebarOpen: !usePreferences.getState().sidebarOpen }),
    ),
  ];
}

const THEMES = { light: Sun, dark: Moon, system: SunMoon };

/** Commands in whose name some word begins with each typed one. */
export function matchCommands(commands: readonly Command[], typed: string): Command[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return commands.filter(({ name }) => {
    const words = name.toLowerCase().split(/[\s:]+/);
    return wanted.every((one) => words.some((word) => word.startsWith(one)));
  });
}
