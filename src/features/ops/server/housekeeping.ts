import { recountStorage, removeIdleGuests } from '#features/accounts/server/index.ts';
import {
  endTemporaryChats,
  holdForgottenItems,
  purgeDeletedChats,
  purgeDeletedMessages,
  purgeUndos,
} from '#features/chats/server/index.ts';
import { sweepBlobs } from '#features/files/server/index.ts';
import { dropOldCounters, dropOldEvents } from '#features/generations/server/index.ts';
import { purgeOrphans } from '#features/leaving/server/index.ts';
import { purgeDeletedProjects } from '#features/projects/server/index.ts';
import { purgeEndedShares } from '#features/sharing/server/index.ts';
import { sumUpUsage } from '#features/usage/server/index.ts';
import type { ScheduledJob } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';

/** What every feature wants done now and then; a new one is a line here. */
export const housekeeping = (services: Services): ScheduledJob[] => [
  { name: 'purge-deleted-chats', cron: '17 * * * *', run: () => purgeDeletedChats(services) },
  { name: 'end-temporary-chats', cron: '* * * * *', run: () => endTemporaryChats(services) },
  { name: 'purge-deleted-projects', cron: '27 * * * *', run: () => purgeDeletedProjects(services) },
  { name: 'purge-deleted-messages', cron: '37 * * * *', run: () => purgeDeletedMessages(services) },
  { name: 'purge-undos', cron: '47 * * * *', run: () => purgeUndos(services) },
  { name: 'purge-ended-shares', cron: '47 * * * *', run: () => purgeEndedShares(services) },
  { name: 'sweep-blobs', cron: '57 * * * *', run: () => sweepBlobs(services) },
  { name: 'purge-orphans', cron: '47 * * * *', run: () => purgeOrphans(services) },
  { name: 'hold-forgotten-items', cron: '*/5 * * * *', run: () => holdForgottenItems(services) },
  { name: 'remove-idle-guests', cron: '*/5 * * * *', run: () => removeIdleGuests(services) },
  { name: 'recount-storage', cron: '*/10 * * * *', run: () => recountStorage(services) },
  { name: 'drop-old-counters', cron: '7 * * * *', run: () => dropOldCounters(services) },
  { name: 'sum-up-usage', cron: '7 * * * *', run: () => sumUpUsage(services) },
  { name: 'drop-old-events', cron: '* * * * *', run: () => dropOldEvents(services) },
];
