import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Announcement, announce, type Heard, useReplies } from '#features/generations/web/index.ts';

/** Tells screen readers where a reply stands in line, when it starts and how it ends; its words they read when they like. */
export function Announcer({ chatId }: { chatId: string | null }) {
  const sentence = useSentence();
  const heard = useRef<Heard | null>(null);
  const [said, setSaid] = useState<Heard | null>(null);
  useEffect(() => {
    const listen = () => {
      const live = Object.values(useReplies.getState().replies).findLast((one) => one.chatId === chatId);
      const news = live && chatId ? announce(heard.current, live, Date.now()) : null;
      if (!news) return;
      heard.current = news;
      setSaid(news);
    };
    listen();
    // Not by rendering: the store changes with every frame of a reply.
    return useReplies.subscribe(listen);
  }, [chatId]);
  return (
    <p className="sr-only" aria-live="polite">
      {/* A new element each time, so that the same words are said again. */}
      {said && <span key={said.at}>{sentence(said)}</span>}
    </p>
  );
}

function useSentence(): (said: Announcement) => string {
  const t = useTranslations('announcer');
  const stages = useTranslations('stage');
  const ends = useTranslations('end.state');
  return ({ stage, place, size }) => {
    if (stage === 'down') return `${stages('down')} ${stages('downKept')}`;
    if (stage === 'waiting' && place === 0) return `${t('waiting')} ${stages('next', { size })}`;
    if (stage === 'waiting' && place !== null)
      return `${t('waiting')} ${stages('place', { place: place + 1, size })}`;
    if (stage === 'waiting' || stage === 'loading' || stage === 'writing' || stage === 'completed')
      return t(stage);
    return ends(stage);
  };
}
