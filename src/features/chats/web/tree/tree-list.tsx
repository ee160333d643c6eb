/** The rows of a tree, of which only those near the screen are drawn. */
import { Bot, CircleAlert, LoaderCircle, User } from 'lucide-react';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import type { TreeRow } from './tree-rows.ts';

/** Of a row, in pixels; the same for all, so that the place of each is known without drawing it. */
const ROW = 36;
/** Rows beyond either edge. */
const SPARE = 10;
/** Deeper ones stand no further to the right. */
const MOST_LEVELS = 8;

type TreeListProps = {
  rows: readonly TreeRow[];
  leaf: string | null;
  onChoose: (id: string, shown: boolean) => void;
};

export function TreeList({ rows, leaf, onChoose }: TreeListProps) {
  const t = useTranslations('tree');
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [activeId, setActiveId] = useState(leaf);
  const active = Math.max(
    0,
    rows.findIndex(({ node }) => node.id === activeId),
  );
  const look = () => {
    const { scrollTop: top, clientHeight: height } = box.current!;
    setView({ top, height });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, where the chat is
  useLayoutEffect(() => {
    const element = box.current!;
    element.scrollTop = active * ROW - element.clientHeight / 2;
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => resized.disconnect();
  }, []);

  const moveTo = (index: number) => {
    const at = Math.min(rows.length - 1, Math.max(0, index));
    setActiveId(rows[at]!.node.id);
    const element = box.current!;
    if (at * ROW < element.scrollTop) element.scrollTop = at * ROW;
    const below = (at + 1) * ROW - element.clientHeight;
    if (below > element.scrollTop) element.scrollTop = below;
    look();
  };
  const choose = ({ node, shown }: TreeRow) => {
    setActiveId(node.id);
    onChoose(node.id, shown);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / ROW) - 1);
    const to: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: rows.length - 1,
    };
    if (event.key === 'Enter' || event.key === ' ') choose(rows[active]!);
    else if (to[event.key] !== undefined) moveTo(to[event.key]!);
    else return;
    event.preventDefault();
  };
  const first = Math.max(0, Math.floor(view.top / ROW) - SPARE);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW) + SPARE);
  return (
    <div
      ref={box}
      role="tree"
      aria-label={t('title')}
      tabIndex={0}
      aria-activedescendant={active >= first && active < last ? `tree-${rows[active]!.node.id}` : undefined}
      onScroll={look}
      onKeyDown={onKeyDown}
      className="group/tree relative -mx-3 min-h-40 flex-1 overflow-y-auto overscroll-contain rounded-medium focus-visible:-outline-offset-2"
    >
      <div role="presentation" style={{ height: rows.length * ROW }} />
      {rows.slice(first, last).map((row, offset) => (
        <Row
          key={row.node.id}
          row={row}
          top={(first + offset) * ROW}
          active={first + offset === active}
          onClick={() => choose(row)}
        />
      ))}
    </div>
  );
}

/** Without the marks of emphasis, code and headings, which in a line of plain text say nothing. */
const plain = (preview: string): string => preview.replace(/\*\*|`+|(?:^| )#{1,6}(?= )/g, '').trim();

type RowProps = { row: TreeRow; top: number; active: boolean; onClick: () => void };

function Row({ row, top, active, onClick }: RowProps) {
  const t = useTranslations('tree');
  const { node, level, place, siblings, shown } = row;
  const writing = node.state === 'queued' || node.state === 'running';
  const bad = node.state === 'failed' || node.state === 'timed_out';
  const Icon = writing ? LoaderCircle : bad ? CircleAlert : node.role === 'user' ? User : Bot;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys, and tells which row they are for
    <div
      id={`tree-${node.id}`}
      role="treeitem"
      tabIndex={-1}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-selected={shown}
      onClick={onClick}
      style={{ top, height: ROW, paddingLeft: 12 + (Math.min(level, MOST_LEVELS) - 1) * 14 }}
      className={cx(
        'absolute inset-x-0 flex cursor-pointer items-center gap-2 rounded-small pr-3 text-sm hover:bg-hover',
        shown ? 'font-medium' : 'text-muted',
        active && 'bg-active group-focus-visible/tree:outline-2 group-focus-visible/tree:-outline-offset-2',
      )}
    >
      <Icon size={15} className={cx('shrink-0', bad && 'text-danger')} aria-hidden />
      <span className="sr-only">{node.role === 'user' ? t('own') : t('reply')}</span>
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {plain(node.preview) || (writing ? t('writing') : t('nothing'))}
      </span>
      {siblings > 1 && (
        <span className="shrink-0 text-xs tabular-nums text-muted">
          {place}/{siblings}
        </span>
      )}
    </div>
  );
}
