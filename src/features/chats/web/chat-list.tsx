/** The list of chats: under dates, read page by page, and only what is in sight drawn. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { textScale, useMedia } from '#web/theme/theme.ts';
import { TryAgain } from '#web/ui/try-again.tsx';
import { useRowWindow } from '#web/ui/use-row-window.ts';
import { type ChatGroup, type ChatLine, groupChats, pinnedLines } from './chat-groups.ts';
import { ChatRow } from './chat-row.tsx';
import { type Outgoing, useOutgoing } from './outgoing.ts';
import { UnsentRow } from './unsent-row.tsx';
import { useChats } from './use-chats.ts';

/** Heights in CSS pixels at the usual text size. */
const HEADING_PX = 36;
const ROW_PX = { mouse: 38, touch: 46 };

type Line = ChatLine | { kind: 'unsent'; item: Outgoing };
type ChatListProps = { currentId: string | null; search: string };

export function ChatList({ currentId, search }: ChatListProps) {
  const t = useTranslations('chats');
  // A search looks through all of them, and shows them in one order.
  const list = useChats(false, search, null, search ? null : false);
  const pins = useChats(false, '', null, true);
  const scroller = useRef<HTMLDivElement>(null);
  const touch = useMedia('(pointer: coarse)');
  const chats = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const pinned = useMemo(() => pins.data?.pages.flatMap((page) => page.items) ?? [], [pins.data]);
  const outgoing = useOutgoing(({ items }) => items);
  const lines = useMemo<Line[]>(() => {
    const unsent = search ? [] : outgoing.filter(({ newChat, failure }) => newChat && failure);
    return [
      ...unsent.map((item) => ({ kind: 'unsent' as const, item })),
      ...(search ? [] : pinnedLines(pinned)),
      ...groupChats(chats, new Date()),
    ];
  }, [chats, pinned, outgoing, search]);
  const [scale] = useState(textScale);
  const rowPx = scale * (touch ? ROW_PX.touch : ROW_PX.mouse);
  const heights = useMemo(
    () => lines.map(({ kind }) => (kind === 'heading' ? scale * HEADING_PX : rowPx)),
    [lines, scale, rowPx],
  );
  const { tops, from, to } = useRowWindow(scroller, heights);

  const nearEnd = to >= lines.length - 15;
  useEffect(() => {
    if (nearEnd && list.hasNextPage && !list.isFetchingNextPage && !list.isError) void list.fetchNextPage();
  }, [nearEnd, list]);

  useEffect(() => {
    if (pins.hasNextPage && !pins.isFetchingNextPage && !pins.isError) void pins.fetchNextPage();
  }, [pins]);

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pb-2">
      {list.isPending && <Skeleton />}
      {list.isError && chats.length === 0 && (
        <div className="px-2.5 py-3 text-sm text-muted">
          <p>{t('listFailed')}</p>
          <TryAgain small className="mt-2" onClick={() => void list.refetch()} />
        </div>
      )}
      {list.isSuccess && lines.length === 0 && (
        <p className="px-2.5 py-3 text-sm text-muted">{search ? t('nothingFound') : t('none')}</p>
      )}
      <nav aria-label={t('list')} className="relative w-full" style={{ height: tops.at(-1) }}>
        {lines.slice(from, to).map((line, nth) => (
          <div
            key={keyOf(line)}
            data-row=""
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${tops[from + nth]}px)`, height: heights[from + nth] }}
          >
            {line.kind === 'heading' && <Heading group={line.group} />}
            {line.kind === 'unsent' && (
              <UnsentRow item={line.item} current={line.item.chatId === currentId} />
            )}
            {line.kind === 'chat' && <ChatRow chat={line.chat} current={line.chat.id === currentId} />}
          </div>
        ))}
      </nav>
    </div>
  );
}

function keyOf(line: Line): string {
  if (line.kind === 'unsent') return line.item.chatId;
  return line.kind === 'chat' ? line.chat.id : `heading-${line.key}`;
}

function Heading({ group }: { group: ChatGroup }) {
  const t = useTranslations('chats');
  const format = useFormatter();
  const text =
    typeof group === 'string'
      ? t(`group.${group}`)
      : format.dateTime(new Date(group.year, group.month, 1), {
          month: 'long',
          ...(group.year !== new Date().getFullYear() && { year: 'numeric' }),
        });
  return (
    <h2 className="flex h-full items-end px-2.5 pb-1.5 text-xs font-medium text-muted">
      <span className="block first-letter:uppercase">{text}</span>
    </h2>
  );
}

function Skeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-4 px-2.5 pt-11">
      {[70, 85, 55, 78, 62].map((width) => (
        <div
          key={width}
          className="h-3.5 animate-breathe rounded-full bg-hover"
          style={{ width: `${width}%` }}
        />
      ))}
    </div>
  );
}
