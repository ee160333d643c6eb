/** `parley admin`: what admins do without the page. */
import { defineCommand } from 'citty';
import type { Speech } from '../speech.ts';

export const admin = (speech: Speech) =>
  defineCommand({
    meta: { name: 'admin', description: speech.words('about_admin') },
    subCommands: { create: () => import('./create.ts').then(({ create }) => create(speech)) },
  });
