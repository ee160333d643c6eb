/** Every feature that adds to the page of settings; a new one is one line here. Not in `pages.ts`, which the first load carries. */
import { settings as accounts } from '#features/accounts/setting-entries.ts';
import { settings as agents } from '#features/agents/setting-entries.ts';
import { settings as audit } from '#features/audit/setting-entries.ts';
import { settings as contexts } from '#features/contexts/setting-entries.ts';
import { settings as endpoints } from '#features/endpoints/setting-entries.ts';
import { settings as gateway } from '#features/gateway/setting-entries.ts';
import { settings as leaving } from '#features/leaving/setting-entries.ts';
import { settings as ops } from '#features/ops/setting-entries.ts';
import { settings as projects } from '#features/projects/setting-entries.ts';
import { settings as transfer } from '#features/transfer/setting-entries.ts';
import { settings as usage } from '#features/usage/setting-entries.ts';
import type { SettingsRoom } from '#web/pages.ts';
import { settings as page } from './page-settings.tsx';

const ROOMS: readonly SettingsRoom[] = [
  page,
  accounts,
  agents,
  audit,
  contexts,
  endpoints,
  gateway,
  leaving,
  ops,
  projects,
  transfer,
  usage,
];
export const WORDS = ROOMS.flatMap(({ words }) => words);
export const ENTRIES = ROOMS.flatMap(({ entries }) => entries);
