/** `parley admin`: what admins do without the page. */
import { defineCommand } from 'citty';

export const admin = defineCommand({
  meta: { name: 'admin', description: 'Look after who looks after this Parley' },
  subCommands: { create: () => import('./create.ts').then(({ create }) => create) },
});
