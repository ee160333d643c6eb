/** What chats that go out and come in add to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { words } from './pages.ts';
import { OwnData } from './web/own-data.tsx';

export const settings: SettingsRoom = {
  words: [words.later],
  entries: [
    {
      id: 'ownData',
      group: 'account',
      order: 80,
      scope: 'you',
      find: 'export backup archive takeout portability gdpr zip копия архив резервная экспорт выгрузка забрать',
      Control: OwnData,
    },
  ],
};
