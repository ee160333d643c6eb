import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isWaiting, runningIn, useReplies } from '#features/generations/web/index.ts';

/** Tells screen readers when a reply starts and ends; its words they read when they like. */
export function Announcer({ chatId }: { chatId: string | null }) {
  const t = useTranslations('announcer');
  const state = useReplies(({ replies }) => {
    const live = runningIn(replies, chatId).at(-1);
    return live ? (isWaiting(live) ? 'queued' : 'running') : 'none';
  });
  const before = useRef(state);
  const [words, setWords] = useState('');
  useEffect(() => {
    if (state === before.current) return;
    if (state === 'none') setWords(t('end'));
    else setWords(state === 'queued' ? t('waiting') : t('writing'));
    before.current = state;
  }, [state, t]);
  return (
    <p className="sr-only" aria-live="polite">
      {words}
    </p>
  );
}
