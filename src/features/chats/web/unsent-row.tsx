import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { cx } from '#web/ui/classes.ts';
import type { Outgoing } from './outgoing.ts';

/** A chat in the list that is not there yet, because its first message could not be sent: the way back to that. */
export function UnsentRow({ item, current }: { item: Outgoing; current: boolean }) {
  const t = useTranslations('chats');
  return (
    <Link
      href={`/c/${item.chatId}`}
      aria-current={current ? 'page' : undefined}
      title={item.text}
      className={cx(
        'flex h-9 items-center gap-2 rounded-medium pr-2 pl-2.5 text-sm transition-colors touch:h-11',
        current ? 'bg-active' : 'hover:bg-hover',
      )}
    >
      <span className="min-w-0 flex-1 truncate">{item.text}</span>
      <TriangleAlert size={15} role="img" aria-label={t('unsent')} className="shrink-0 text-danger" />
    </Link>
  );
}
