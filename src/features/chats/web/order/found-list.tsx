import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslations } from 'use-intl';
import { textScale, useMedia } from '#web/theme/theme.ts';
import { cx } from '#web/ui/classes.ts';
import { useRowWindow } from '#web/ui/use-row-window.ts';
import type { Chat } from '../../chats.ts';
import { FoundRow } from './found-row.tsx';
import { clearSelection, selectAll, selectTo, toggle, useSelection } from './selection.ts';

/** In CSS pixels at the usual text size. */
const ROW_PX = 56;

type FoundListProps = {
  chats: readonly Chat[];
  /** What it is scrolled in. */
  scroller: HTMLElement;
  /** It is of other filters still. */
  stale: boolean;
  /** Its last rows are near: more of it is needed. */
  onEnd: () => void;
};

/**
 * The chats found, of which only what is in sight is drawn. One row at a time is reached by Tab: arrows go to the others, with Shift
 * they select on the way; Space selects, with Shift a range; Ctrl+A selects all that match, and Escape nothing.
 */
export function FoundList({ chats, scroller, stale, onEnd }: FoundListProps) {
  const t = useTranslations('allChats');
  const box = useRef<HTMLUListElement>(null);
  const [scale] = useState(textScale);
  const touch = useMedia('(pointer: coarse)');
  const px = (touch ? ROW_PX + 4 : ROW_PX) * scale;
  const heights = useMemo(() => chats.map(() => px), [chats, px]);
  const view = useMemo(() => ({ current: scroller }), [scroller]);
  const { tops, from, to } = useRowWindow(view, heights, box);
  const { ids: selected, all } = useSelection();
  const [at, setAt] = useState(0);
  const ids = useMemo(() => chats.map(({ id }) => id), [chats]);
  // The one that was reached may be out of sight, and drawn no more.
  const reached = at >= from && at < to ? at : from;

  const nearEnd = to >= chats.length - 30;
  useEffect(() => {
    if (nearEnd) onEnd();
  }, [nearEnd, onEnd]);

  const goTo = (index: number) => {
    const list = box.current!;
    const top = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + tops[index]!;
    // The bar at the foot covers what is behind it.
    const room = scroller.clientHeight - px - 80;
    if (top < 0 || top > room) scroller.scrollTop += top < 0 ? top - px : top - room;
    flushSync(() => setAt(index));
    list.querySelector<HTMLElement>(`[data-index="${index}"] input`)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return;
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -chats.length, End: chats.length }[event.key] ?? 0;
    if (event.key === 'Escape') clearSelection();
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selectAll();
    else if (step !== 0) {
      const next = Math.min(chats.length - 1, Math.max(0, reached + step));
      if (event.shiftKey) {
        selectTo(ids[reached]!, ids);
        selectTo(ids[next]!, ids);
      }
      goTo(next);
    } else return;
    event.preventDefault();
  };
  return (
    <ul
      ref={box}
      aria-label={t('list')}
      aria-busy={stale}
      onKeyDown={onKeyDown}
      className={cx('relative mt-2 border-t border-hairline', stale && 'opacity-60')}
      style={{ height: tops.at(-1)! + 1 }}
    >
      {chats.slice(from, to).map((chat, nth) => {
        const index = from + nth;
        return (
          <li
            key={chat.id}
            data-index={index}
            onFocus={() => setAt(index)}
            aria-setsize={chats.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${tops[index]}px)`, height: px }}
          >
            <FoundRow
              chat={chat}
              selected={all || selected.has(chat.id)}
              reached={index === reached}
              onSelect={(range) => (range ? selectTo(chat.id, ids) : toggle(chat.id, ids))}
            />
          </li>
        );
      })}
    </ul>
  );
}
