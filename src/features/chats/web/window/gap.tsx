/** The place of messages that are not read: they come when a reader comes near, from the side that the reader comes from. */
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { fillGap } from './window.ts';

/** From so far that who scrolls quickly does not pass it by. */
const AHEAD = '2000px 0px';
/** Until what was read is drawn, and has its height. */
const FRAMES = 6;

export type GapProps = {
  chatId: string | null;
  /** The message that stands below it. */
  gap: string;
};

export function Gap({ chatId, gap }: GapProps) {
  const t = useTranslations('linked');
  const row = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'idle' | 'reading' | 'failed'>('idle');

  async function fill(side: 'above' | 'below'): Promise<void> {
    setState('reading');
    const release = side === 'below' ? hold(gap) : null;
    try {
      if (chatId) await fillGap(chatId, side);
      for (let frame = 0; frame < FRAMES; frame++) {
        await new Promise(requestAnimationFrame);
        release?.();
      }
      setState('idle');
    } catch {
      setState('failed');
    }
  }
  const latest = useRef(fill);
  latest.current = fill;

  // biome-ignore lint/correctness/useExhaustiveDependencies: watched anew when it stands in another place
  useEffect(() => {
    const element = row.current;
    if (!element || state !== 'idle') return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        const middle = (entry.rootBounds?.top ?? 0) + (entry.rootBounds?.height ?? 0) / 2;
        void latest.current(entry.boundingClientRect.top > middle ? 'above' : 'below');
      },
      { root: element.closest('section'), rootMargin: AHEAD },
    );
    seen.observe(element);
    return () => seen.disconnect();
  }, [state, gap]);

  const words = { idle: t('between'), reading: t('reading'), failed: t('failed') }[state];
  return (
    <div ref={row} className="my-6 flex items-center gap-3 text-sm text-muted">
      <span className="h-px flex-1 bg-hairline" aria-hidden="true" />
      <button
        type="button"
        aria-disabled={state === 'reading'}
        onClick={() => state !== 'reading' && void fill('above')}
        className="rounded-md px-2 py-1 hover:text-text"
      >
        {words}
      </button>
      <span className="h-px flex-1 bg-hairline" aria-hidden="true" />
    </div>
  );
}

/** Keeps a message where it is on the screen when something is put above it; browsers that do so by themselves leave nothing to do. */
function hold(messageId: string): () => void {
  const find = () => document.querySelector(`[data-message="${messageId}"]`);
  const before = find()?.getBoundingClientRect().top;
  return () => {
    const now = find();
    const box = now?.closest('section');
    if (!now || !box || before === undefined) return;
    const moved = now.getBoundingClientRect().top - before;
    // Less than this is the reader, who goes on scrolling.
    if (Math.abs(moved) > box.clientHeight) box.scrollTop += moved;
  };
}
