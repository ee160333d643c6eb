import { Bot, Cpu, FolderOpen, type LucideIcon, MessageSquare, Tag, User } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { basePath } from '#web/base-path.ts';
import { cx } from '#web/ui/classes.ts';
import type { FilterName } from '../rules.ts';
import type { SearchHit } from '../search.ts';
import type { FilterValue } from './to-values.ts';
import type { Command } from './use-commands.ts';

type OptionProps = {
  id: string;
  active: boolean;
  /** Where it leads, so that it can be opened beside this page; null where it leads nowhere. */
  path: string | null;
  onChoose: () => void;
  onReach: () => void;
  children: ReactNode;
};

/** One row of the list; the field keeps the focus and says which row is meant. */
export function Option({ id, active, path, onChoose, onReach, children }: OptionProps) {
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onChoose();
  };
  const given = {
    id,
    role: 'option',
    'aria-selected': active,
    tabIndex: -1,
    onClick,
    onPointerMove: onReach,
    // The field keeps the focus.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    className: cx(
      'flex min-h-10 cursor-pointer items-center gap-3 rounded-medium px-3 py-1.5 text-sm touch:min-h-12',
      active && 'bg-active',
    ),
  };
  return path === null ? (
    <div {...given}>{children}</div>
  ) : (
    <a {...given} href={`${basePath}${path}`}>
      {children}
    </a>
  );
}

export function CommandRow({ command: { icon: Icon, name } }: { command: Command }) {
  return (
    <>
      <Icon size={16} className="shrink-0 text-muted" aria-hidden />
      <span className="min-w-0 flex-1 truncate">{name}</span>
    </>
  );
}

const VALUE_ICONS: Partial<Record<FilterName, LucideIcon>> = {
  tag: Tag,
  project: FolderOpen,
  agent: Bot,
  model: Cpu,
};

/** A value that the filter may be given. */
export function ValueRow({ value: { kind, name } }: { value: FilterValue & { kind: FilterName } }) {
  const Icon = VALUE_ICONS[kind] ?? Tag;
  return (
    <>
      <Icon size={16} className="shrink-0 text-muted" aria-hidden />
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {name}
      </span>
    </>
  );
}

/** A find: the chat, and what was said in it with the words marked. */
export function HitRow({ hit }: { hit: SearchHit }) {
  const t = useTranslations('search');
  const format = useFormatter();
  const { title, snippet, messageId, role } = hit;
  const at = new Date(hit.createdAt);
  const thisYear = at.getFullYear() === new Date().getFullYear();
  const Icon = messageId === null ? MessageSquare : role === 'user' ? User : Bot;
  const said = snippet.length > 0;
  const isTitle = messageId === null && snippet.map(({ text }) => text).join('') === title;
  return (
    <>
      <Icon
        size={16}
        className={cx('shrink-0 text-muted', said && !isTitle && 'mt-1 self-start')}
        aria-hidden
      />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex items-baseline gap-3">
          <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
            {isTitle ? <Marked pieces={snippet} /> : title || t('untitled')}
          </span>
          <span className="shrink-0 text-xs text-muted tabular-nums">
            {format.dateTime(at, { day: 'numeric', month: 'short', ...(!thisYear && { year: 'numeric' }) })}
          </span>
        </span>
        {said && !isTitle && (
          <span dir="auto" className="line-clamp-2 text-note wrap-anywhere text-muted">
            {messageId !== null && (
              <span className="sr-only">{t(role === 'user' ? 'saidByPerson' : 'saidByModel')} </span>
            )}
            <Marked pieces={snippet} />
          </span>
        )}
      </span>
    </>
  );
}

function Marked({ pieces }: { pieces: SearchHit['snippet'] }) {
  return pieces.map(({ text, match }, index) =>
    match ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, which never change places
      <mark key={index} className="found-word">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
