import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { isTerminalState } from '#features/generations/rules.ts';
import { type LiveReply, useReplies, whenReplyEnds } from '#features/generations/web/index.ts';
import { markTitle } from '#web/ui/use-title.ts';
import { markRead, markUnread, useUnread } from '../unread.ts';
import { allTabs, followTabs, isLookedAt, noteChat } from './presence.ts';
import { tellEnd } from './tell-end.ts';

/** Longer titles are cut: a note is read at a glance. */
const MOST_TITLE = 60;

/** Marks chats in which a reply has ended while nobody looked, in the list and on the browser's tab, and tells of it once. */
export function useNotices(chatId: string | null): void {
  const t = useTranslations('chats');
  const [, navigate] = useLocation();
  const say = {
    text: (kind: 'ended' | 'broken', { title }: { title: string }) =>
      t(kind, {
        title:
          title.length > MOST_TITLE
            ? `${title.slice(0, MOST_TITLE).toWellFormed()}…`
            : title || t('untitled'),
      }),
    open: t('open'),
    go: (id: string) => navigate(`/c/${id}`),
  };
  const latest = useRef(say);
  latest.current = say;

  useEffect(() => noteChat(chatId), [chatId]);

  useEffect(() => {
    const readWhereSeen = () => {
      const tabs = allTabs();
      for (const [id, unread] of Object.entries(useUnread.getState()))
        if (unread && isLookedAt(tabs, id)) markRead(id);
    };
    const offTabs = followTabs(readWhereSeen);
    const onEnd = (live: LiveReply) => {
      if (live.chatId && !isLookedAt(allTabs(), live.chatId)) markUnread(live.chatId);
      void tellEnd(live, latest.current);
    };
    const offEnds = whenReplyEnds(onEnd);
    document.addEventListener('visibilitychange', readWhereSeen);
    // What ended while this was still being fetched.
    for (const live of Object.values(useReplies.getState().replies))
      if (isTerminalState(live.reply.state)) onEnd(live);
    const showMark = () => markTitle(Object.values(useUnread.getState()).some(Boolean));
    const offUnread = useUnread.subscribe(showMark);
    showMark();
    return () => {
      offTabs();
      offEnds();
      offUnread();
      document.removeEventListener('visibilitychange', readWhereSeen);
      markTitle(false);
    };
  }, []);
}
