import { ChevronDown, Ellipsis, Pencil, RefreshCw, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { FetchedLayer } from '#web/ui/fetched-layer.tsx';
import { startEditing } from './editing.ts';

const fetchAgain = () => import('./answer-again-layer.tsx');
const fetchMenu = () => import('./message-menu.tsx');
const fetchRating = () => import('./rating-layer.tsx');

type MessageToolsProps = {
  message: Message;
  /** Whoever is here may change nothing. */
  reads: boolean;
  /** It stands behind the button that has it answered again as it was. */
  again?: boolean;
};

/** What can be done to a message beside copying it; most of it is fetched when it is reached for. */
export default function MessageTools({ message, reads, again = false }: MessageToolsProps) {
  const t = useTranslations('tools');
  const rated = message.rating?.value ?? null;
  const Thumb = rated === -1 ? ThumbsDown : ThumbsUp;
  return (
    <>
      {message.role === 'user' && !reads && (
        <IconButton label={t('edit')} small onClick={() => startEditing(message.id)}>
          <Pencil size={15} />
        </IconButton>
      )}
      {message.role === 'assistant' && message.parentId !== null && !reads && (
        <FetchedLayer
          kind="dialog"
          fetch={fetchAgain}
          give={{ message }}
          trigger={
            <IconButton label={t('againBy')} small className={cx(again && 'w-6')}>
              {again ? <ChevronDown size={14} /> : <RefreshCw size={16} />}
            </IconButton>
          }
        />
      )}
      {message.role === 'assistant' && (
        <FetchedLayer
          kind="dialog"
          fetch={fetchRating}
          give={{ message }}
          trigger={
            <IconButton label={t('rate')} small>
              <Thumb size={16} fill={rated === null ? 'none' : 'currentColor'} />
            </IconButton>
          }
        />
      )}
      <FetchedLayer
        kind="menu"
        fetch={fetchMenu}
        give={{ message, reads }}
        trigger={
          <IconButton label={t('more')} small data-tools="">
            <Ellipsis size={16} />
          </IconButton>
        }
      />
    </>
  );
}
