import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import { ReplyDetails } from './reply-details.tsx';
import type { ReplyView } from './reply-view.ts';

type ReplyToolbarProps = {
  message: Message;
  view: ReplyView;
  text: string;
  last: boolean;
  /** Stands where the model's name does, and brings the point before it along. */
  agent: ReactNode;
  pager: ReactNode;
  tools: ReactNode;
  onRegenerate: (() => void) | null;
};

/** What one can do with a reply, and what it cost; always there on the last one and on touch screens. */
export function ReplyToolbar(props: ReplyToolbarProps) {
  const { message, view, text, last, agent, pager, tools, onRegenerate } = props;
  const t = useTranslations('reply');
  if (text === '' && !onRegenerate && !pager && !tools) return null;
  return (
    <div
      className={cx(
        '-ml-2 mt-1 flex min-h-9 flex-wrap items-center gap-x-0.5 text-muted transition-opacity',
        !last &&
          'opacity-0 group-hover/reply:opacity-100 focus-within:opacity-100 has-data-[state=open]:opacity-100 touch:opacity-100',
      )}
    >
      {pager}
      {text !== '' && <CopyButton text={text} size={16} data-copy-reply />}
      {onRegenerate && (
        <IconButton label={t('regenerate')} small onClick={onRegenerate}>
          <RefreshCw size={16} />
        </IconButton>
      )}
      {tools}
      <ReplyDetails message={message} view={view} />
      <Figures message={message} view={view} agent={agent} />
    </div>
  );
}

type FiguresProps = Pick<ReplyToolbarProps, 'message' | 'view' | 'agent'>;

function Figures({ message, view, agent }: FiguresProps) {
  const t = useTranslations('reply');
  const format = useFormatter();
  const timestamp = useTimestamp();
  const writing = view.durationMs && view.ttftMs !== null ? view.durationMs - view.ttftMs : null;
  const rate = writing && writing > 200 && view.outputTokens ? view.outputTokens / (writing / 1000) : null;
  const parts = [
    message.source === 'human_edit' ? t('rewritten') : !agent && view.model,
    view.durationMs !== null &&
      view.durationMs >= 50 &&
      t('seconds', { seconds: format.number(view.durationMs / 1000, { maximumFractionDigits: 1 }) }),
    view.outputTokens !== null && t('tokens', { count: view.outputTokens }),
    rate !== null && t('rate', { rate: format.number(rate, { maximumFractionDigits: 0 }) }),
  ].filter(Boolean);
  return (
    <span className="ml-1.5 text-xs wrap-anywhere tabular-nums">
      <time dateTime={message.createdAt}>{timestamp(message.createdAt)}</time>
      {agent}
      {parts.map((part) => ` · ${part}`).join('')}
    </span>
  );
}
