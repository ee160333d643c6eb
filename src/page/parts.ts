/** The pages, windows and panels of all features, and the ways to them. */
import type { Feature, NavItem } from '#web/pages.ts';
import { FEATURES } from './features.ts';

export { NOT_FOUND } from './pages.ts';

const features: readonly Feature[] = FEATURES;
export const PAGES = features.flatMap(({ pages = [] }) => pages);
export const PUBLIC = PAGES.filter(({ access }) => access === 'public');
export const FOR_USERS = PAGES.filter(({ access }) => access === 'user');
export const FOR_ADMINS = PAGES.filter(({ access }) => access !== 'public');
/** Stands at every address while nobody is here. */
export const SIGN_IN = PUBLIC.find(({ path }) => path === '/sign-in')!;
export const WINDOWS = features.flatMap(({ windows = [] }) => windows);
export const PANELS = features.flatMap(({ panels = [] }) => panels);

const toPages = PAGES.flatMap(({ path, access, nav }) =>
  nav ? [{ admin: access === 'admin', item: { ...nav, path } }] : [],
);
const toWindows = WINDOWS.flatMap(({ name, nav }) =>
  nav ? [{ admin: false, item: { ...nav, window: name } }] : [],
);
const ways = [...toPages, ...toWindows].sort((one, other) => one.item.order - other.item.order);

/** What an admin's menus hold, and what everybody else's. */
export const NAVIGATION: { admin: readonly NavItem[]; user: readonly NavItem[] } = {
  admin: ways.map(({ item }) => item),
  user: ways.filter(({ admin }) => !admin).map(({ item }) => item),
};
