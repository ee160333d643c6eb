/** What the page does beside what it shows; fetched once there is something to see. */
import { useEffect } from 'react';
import { useNotices } from '#features/chats/web/index.ts';
import { Announcer } from './announcer.tsx';
import { listenForRowMenus } from './row-menus.ts';
import { listenForSwipes } from './swipes.ts';

export default function Extras({ chatId }: { chatId: string | null }) {
  useEffect(listenForRowMenus, []);
  useEffect(listenForSwipes, []);
  useNotices(chatId);
  return <Announcer chatId={chatId} />;
}
