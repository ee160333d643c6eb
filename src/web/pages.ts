/** What a feature adds to the page, as data: the page floor makes routes, menus, tabs and windows of it. */
import type { LucideIcon } from 'lucide-react';
import { type ComponentType, createContext, useContext } from 'react';
import type { Messages } from 'use-intl';
import type { Part } from './i18n/fetched-part.tsx';
import type { LaterWords, RoomWords } from './i18n/words.ts';

/** Who may open a page: anybody at all, whoever is here (guests too), admins. */
export type Access = 'public' | 'user' | 'admin';
/** `own`: what is everybody's own beside their chats. `admin`: what admins look after. */
export type NavGroup = 'own' | 'admin';

/** An entry of the account menu; pages stand in the tabs of their group as well. */
export type NavEntry = {
  group: NavGroup;
  /** Ascending within the group; leave gaps. */
  order: number;
  icon: LucideIcon;
  /** A key of the namespace `nav`, which the feature's first words add to. */
  word: keyof Messages['nav'];
};

/** A page at an address of its own. */
export type PageEntry = Part<object> & { path: string; access: Access; nav?: NavEntry };
/** A window over any page, opened by its name: `openWindow(name)`, or `openWindow(name, id)` where it is about something. */
export type WindowEntry = Part<{ subject: string; onClose: () => void }> & { name: string; nav?: NavEntry };
/** A panel at the right of the page, opened for something by its id: `openPanel(name, subject)`. */
export type PanelEntry = Part<{ subject: string; onClose: () => void }> & { name: string };

/** Whom a setting is for: this browser alone, who is here on every device, a project, or everybody here. */
export type SettingScope = 'browser' | 'you' | 'project' | 'instance';
/** The parts of the page of settings, in the order in which they stand. */
export const SETTING_GROUPS = ['look', 'writing', 'models', 'account', 'projects', 'instance'] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

/** A setting on the page of settings. Its name and a sentence about it are `settingNames.<id>` and `settingHints.<id>` of its room's later words. */
export type SettingEntry = {
  /** Its address as well: `/settings#<id>`. */
  id: keyof Messages['settingNames'];
  group: SettingGroup;
  /** Ascending within the group; leave gaps. */
  order: number;
  scope: SettingScope;
  /** Who sees it: without a word whoever is here, guests too. */
  for?: 'account' | 'admin';
  /** Other words it is looked for by, in every language. */
  find: string;
} & (
  | { /** What changes it, beside its name. */ Control: ComponentType }
  | { /** What changes it, too large to stand there unasked: opened below its name. */ Form: ComponentType }
  | { /** The page it is changed on. */ path: string }
);

/** What `setting-entries.ts` of a feature exports: its settings, and the words they need. */
export type SettingsRoom = { words: readonly LaterWords[]; entries: readonly SettingEntry[] };

/** What `pages.ts` of a feature exports. */
export type Feature = {
  words: RoomWords;
  pages?: readonly PageEntry[];
  windows?: readonly WindowEntry[];
  panels?: readonly PanelEntry[];
};

/** Where an entry of the menu leads: to a page by its path, or to a window by its name. */
export type NavItem = NavEntry & ({ path: string } | { window: string });

const Navigation = createContext<readonly NavItem[]>([]);
/** Gives the kit and the features what the page floor has collected for whoever is here, in order. */
export const NavigationProvider = Navigation.Provider;
/** The entries of a group that whoever is here may open, in order. */
export const useNavigation = (group: NavGroup): NavItem[] =>
  useContext(Navigation).filter((item) => item.group === group);
