/** Every feature that adds to the page; a new one is one line here. */
import * as accounts from '#features/accounts/pages.ts';
import * as agents from '#features/agents/pages.ts';
import * as audit from '#features/audit/pages.ts';
import * as chats from '#features/chats/pages.ts';
import * as contexts from '#features/contexts/pages.ts';
import * as endpoints from '#features/endpoints/pages.ts';
import * as gateway from '#features/gateway/pages.ts';
import * as generations from '#features/generations/pages.ts';
import * as leaving from '#features/leaving/pages.ts';
import * as ops from '#features/ops/pages.ts';
import * as projects from '#features/projects/pages.ts';
import * as search from '#features/search/pages.ts';
import * as settings from '#features/settings/pages.ts';
import * as sharing from '#features/sharing/pages.ts';
import * as transfer from '#features/transfer/pages.ts';
import * as usage from '#features/usage/pages.ts';
import * as page from './pages.ts';

export const FEATURES = [
  page,
  accounts,
  agents,
  audit,
  chats,
  contexts,
  endpoints,
  gateway,
  generations,
  leaving,
  ops,
  projects,
  search,
  settings,
  sharing,
  transfer,
  usage,
] as const;
