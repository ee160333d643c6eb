import { ArrowDown, ArrowUp, CirclePause, GripVertical, Hourglass, Pencil, X } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { textOf } from '#features/messages/rules.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { focusMove } from '#web/ui/focus.ts';
import { toast } from '#web/ui/toast.tsx';
import type { OutboxItem } from '../../outbox.ts';
import { EditItem } from './edit-item.tsx';
import { deleteItem, moveItem, sendItem } from './outbox-actions.ts';

/** Names what is dragged, so that nothing else can be dropped here. */
const DRAGGED = 'application/x-parley-outbox';
let dragged: OutboxItem | null = null;

type OutboxRowProps = { item: OutboxItem; count: number; generating: boolean; reads: boolean };

/** One message that waits. It is moved by its buttons, or dragged onto the place of another. */
export function OutboxRow({ item, count, generating, reads }: OutboxRowProps) {
  const t = useTranslations('outbox');
  const words = useErrorWords();
  const [editing, setEditing] = useState(false);
  const [over, setOver] = useState(false);
  const text = textOf(item.content);
  const orSay = (work: Promise<void>) => void work.catch((error) => toast(words(error)));
  const row = useRef<HTMLLIElement>(null);
  const moved = useRef<'up' | 'down' | null>(null);
  const move = (by: 'up' | 'down') => {
    moved.current = by;
    orSay(moveItem(item, item.position + (by === 'up' ? -1 : 1)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it stands elsewhere
  useEffect(() => {
    if (moved.current) focusMove(row.current, moved.current);
    moved.current = null;
  }, [item.position]);
  const stopEditing = () => {
    setEditing(false);
    requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('[data-edit]')?.focus());
  };
  if (editing)
    return (
      <li ref={row}>
        <EditItem item={item} onDone={stopEditing} />
      </li>
    );
  const Mark = item.state === 'held' ? CirclePause : Hourglass;
  const moves = count > 1 && !reads;
  const onDrop = (event: DragEvent) => {
    setOver(false);
    if (!dragged || dragged.chatId !== item.chatId || dragged.id === item.id) return;
    event.preventDefault();
    orSay(moveItem(dragged, item.position));
  };
  return (
    <li
      ref={row}
      data-outbox={item.id}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cx(
        'flex flex-wrap items-center justify-end gap-1 rounded-medium border bg-surface py-1 pr-1 pl-3 text-sm',
        over ? 'border-accent' : 'border-hairline',
      )}
    >
      <span className="flex min-w-0 flex-1 basis-full items-center gap-2.5 @md:basis-0">
        {moves ? (
          <span
            draggable
            title={t('drag')}
            aria-hidden
            className="-ml-1.5 shrink-0 cursor-grab text-muted touch:hidden"
            onDragStart={(event) => {
              dragged = item;
              event.dataTransfer.setData(DRAGGED, item.id);
              event.dataTransfer.effectAllowed = 'move';
            }}
            onDragEnd={() => {
              dragged = null;
            }}
          >
            <GripVertical size={15} />
          </span>
        ) : null}
        <Mark size={15} className="shrink-0 text-muted" aria-hidden />
        <span dir="auto" className="min-w-0 truncate" title={text.slice(0, 2000)}>
          {text}
        </span>
      </span>
      {!reads && (
        <>
          <Button small look="quiet" onClick={() => orSay(sendItem(item, generating))}>
            {t('sendNow')}
          </Button>
          {moves && (
            <>
              <IconButton
                label={t('up')}
                small
                data-move="up"
                disabled={item.position === 0}
                onClick={() => move('up')}
              >
                <ArrowUp size={15} />
              </IconButton>
              <IconButton
                label={t('down')}
                small
                data-move="down"
                disabled={item.position === count - 1}
                onClick={() => move('down')}
              >
                <ArrowDown size={15} />
              </IconButton>
            </>
          )}
          <IconButton label={t('edit')} small data-edit="" onClick={() => setEditing(true)}>
            <Pencil size={15} />
          </IconButton>
          <IconButton label={t('delete')} small onClick={() => orSay(deleteItem(item))}>
            <X size={16} />
          </IconButton>
        </>
      )}
    </li>
  );
}
