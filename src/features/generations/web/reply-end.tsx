/** How a reply ended when it did not simply end well, in words, with the ways on. */
import { CircleSlash, Clock, PlugZap, RotateCcw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { useCopy } from '#web/ui/use-copy.ts';
import type { ReplyView } from './reply-view.ts';

type ReplyEndProps = {
  view: ReplyView;
  generationId: string | null;
  hasText: boolean;
  /** Only the last reply of a chat has ways on. */
  actions: { retry: () => void; goOn: () => void; changeModel: ReactNode } | null;
};

const ICONS = {
  cancelled: CircleSlash,
  interrupted: PlugZap,
  timed_out: Clock,
  failed: TriangleAlert,
} as const;

export function ReplyEnd({ view, generationId, hasText, actions }: ReplyEndProps) {
  const t = useTranslations('end');
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  const { state, error } = view;
  if (state !== 'cancelled' && state !== 'interrupted' && state !== 'timed_out' && state !== 'failed')
    return null;
  const Icon = ICONS[state];
  const bad = state === 'failed' || state === 'timed_out';
  const details = () => copy(JSON.stringify({ generationId, state, model: view.model, error }, null, 2));
  return (
    <div
      className={cx(
        'mt-3 text-sm',
        bad
          ? 'rounded-medium border border-hairline bg-surface p-3.5'
          : 'flex flex-wrap items-center gap-x-4 gap-y-1',
      )}
    >
      <p className={cx('flex items-start gap-2', bad ? 'font-medium text-danger' : 'text-muted')}>
        <Icon size={16} className="mt-0.5 shrink-0" aria-hidden />
        <span>
          {t(`state.${state}`)}
          {state === 'interrupted' && ` ${hasText ? t('interruptedKept') : t('interruptedEmpty')}`}
        </span>
      </p>
      {bad && error && (
        <p className="mt-1 sm:pl-6">
          {t.has(`error.${error.code}`) ? t(`error.${error.code}`) : error.detail}
          {error.detail && t.has(`error.${error.code}`) && (
            <span className="mt-0.5 block text-note break-words text-muted">{error.detail}</span>
          )}
        </p>
      )}
      <div className={cx('flex flex-wrap gap-1.5', bad && 'mt-3 sm:pl-6')}>
        {actions && (
          <Button small onClick={actions.retry}>
            <RotateCcw size={15} aria-hidden />
            {t('retry')}
          </Button>
        )}
        {actions && hasText && (
          <Button small onClick={actions.goOn}>
            {t('continue')}
          </Button>
        )}
        {actions?.changeModel}
        {error && (
          <Button small look="quiet" onClick={details}>
            {copied ? common('copied') : t('copyDetails')}
          </Button>
        )}
      </div>
    </div>
  );
}
