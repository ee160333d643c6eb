import {
  Archive,
  ArchiveRestore,
  Download,
  FolderOpen,
  Pin,
  PinOff,
  TagPlus,
  TagX,
  Trash2,
  X,
} from 'lucide-react';
import { type CSSProperties, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { IconButton } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import { openWindow } from '#web/ui/windows.ts';
import type { Chat } from '../../chats.ts';
import type { BulkAction } from '../../rules.ts';
import { DeleteMany } from './delete-many.tsx';
import { type Filters, listQuery } from './filters.ts';
import { MoveMany } from './move-many.tsx';
import { clearSelection, selectAll, selectShown, useSelection } from './selection.ts';
import { TagMany } from './tag-many.tsx';
import { useBulk } from './use-bulk.ts';

/** Fewer are taken away without a word; the note that leads back stands for some seconds. */
const ASKED_FROM = 10;

/** Buttons in a row that the narrowest screens have room for. */
const MOST_IN_ROW = 7;
/** In two rows alike rather than one with a single button below it. */
const inRow = (count: number): number => (count > MOST_IN_ROW ? Math.ceil(count / 2) : count);

type BulkBarProps = { filters: Filters; shown: readonly Chat[]; total: number };

/** What can be done to all that is selected, at the foot of the page while something is. */
export function BulkBar({ filters, shown, total }: BulkBarProps) {
  const t = useTranslations('bulk');
  const words = useErrorWords();
  const { ids, all, droppedOn } = useSelection();
  const run = useBulk(filters);
  const [asking, setAsking] = useState<BulkAction | null>(null);
  const [busy, setBusy] = useState(false);
  const count = all ? total : ids.size;
  if (count === 0) return null;
  const at = async (action: BulkAction) => {
    setBusy(true);
    await run({ action }).catch((error) => toast(words(error)));
    setBusy(false);
  };
  const close = () => {
    setAsking(null);
    useSelection.setState({ droppedOn: null });
  };
  const dialog = droppedOn !== null ? 'move' : asking;
  const chosen = all ? shown : shown.filter(({ id }) => ids.has(id));
  // Of all that match, some are not loaded, and may be either.
  const some = (test: (chat: Chat) => boolean) => all || chosen.length < count || chosen.some(test);
  const one = (action: BulkAction, icon: ReactNode, how: () => void = () => void at(action)) => (
    <IconButton key={action} label={t(`action.${action}`)} disabled={busy} onClick={how}>
      {icon}
    </IconButton>
  );
  const actions = [
    some(({ pinned }) => !pinned) && one('pin', <Pin size={18} />),
    some(({ pinned }) => pinned) && one('unpin', <PinOff size={18} />),
    one('tag', <TagPlus size={18} />, () => setAsking('tag')),
    one('untag', <TagX size={18} />, () => setAsking('untag')),
    one('move', <FolderOpen size={18} />, () => setAsking('move')),
    <IconButton
      key="export"
      label={t('export')}
      onClick={() => openWindow('export-chats', all ? listQuery(filters) : '')}
    >
      <Download size={18} />
    </IconButton>,
    filters.archived !== 'true' && one('archive', <Archive size={18} />),
    filters.archived !== 'false' && one('restore', <ArchiveRestore size={18} />),
    one('delete', <Trash2 size={18} className="text-danger" />, () =>
      all || count >= ASKED_FROM ? setAsking('delete') : void at('delete'),
    ),
  ].filter(Boolean);
  return (
    <div className="sticky bottom-4 z-10 mt-4 flex justify-center">
      <section
        aria-label={t('title')}
        className="flex max-w-full flex-col gap-1 rounded-large border border-hairline bg-surface p-1.5 text-sm shadow-float @2xl:flex-row"
      >
        <span className="flex items-center gap-1">
          <IconButton label={t('clear')} onClick={clearSelection}>
            <X size={18} />
          </IconButton>
          <span role="status" className="shrink-0 font-medium tabular-nums">
            {t('selected', { count })}
          </span>
          {!all && total > count && (
            <button
              type="button"
              onClick={() => (total > shown.length ? selectAll() : selectShown(shown.map(({ id }) => id)))}
              className="min-h-8 rounded-small px-2 text-start text-accent hover:bg-hover touch:min-h-11"
            >
              {t('selectAll', { count: total })}
            </button>
          )}
        </span>
        <span
          className="grid grid-cols-[repeat(var(--in-row),auto)] justify-items-center border-hairline @max-2xl:border-t @max-2xl:pt-1 @2xl:flex"
          style={{ '--in-row': inRow(actions.length) } as CSSProperties}
        >
          {actions}
        </span>
      </section>
      {(dialog === 'tag' || dialog === 'untag') && (
        <TagMany action={dialog} count={count} run={run} onClose={close} />
      )}
      {dialog === 'move' && <MoveMany count={count} first={droppedOn} run={run} onClose={close} />}
      {dialog === 'delete' && <DeleteMany count={count} run={run} onClose={close} />}
    </div>
  );
}
