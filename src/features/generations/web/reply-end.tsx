/** How a reply ended when it did not simply end well: why, what to do about it, and the ways on that can help. */
import { CircleSlash, Clock, PlugZap, RotateCcw, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useMe } from '#features/accounts/web/index.ts';
import { ModelMenu } from '#features/endpoints/web/index.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { useCopy } from '#web/ui/use-copy.ts';
import type { ReplyView } from './reply-view.ts';
import { useFailureWords } from './use-failure-words.ts';
import { waysOn } from './ways-on.ts';

type ReplyEndProps = {
  view: ReplyView;
  generationId: string | null;
  hasText: boolean;
  /** Only the last reply of a chat has ways on. */
  actions: { retry: () => void; goOn: () => void; changeModel: (modelId: string) => void } | null;
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
  const words = useFailureWords();
  const me = useMe();
  const { copied, copy } = useCopy();
  const { state, error } = view;
  if (state !== 'cancelled' && state !== 'interrupted' && state !== 'timed_out' && state !== 'failed')
    return null;
  const Icon = ICONS[state];
  const bad = state === 'failed' || state === 'timed_out';
  const ways = waysOn(state, error, { hasText, isAdmin: me.data?.role === 'admin' });
  const cause = error && bad ? words(error) : t(`state.${state}`);
  const kept = state !== 'cancelled' && (hasText ? t('kept') : state === 'interrupted' && t('nothing'));
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
      <p className={cx('flex items-start gap-2 break-words', !bad && 'text-muted')}>
        <Icon size={16} className={cx('mt-0.5 shrink-0', bad && 'text-danger')} aria-hidden />
        <span className="min-w-0">
          {cause}
          {kept && ` ${kept}`}
        </span>
      </p>
      <div className={cx('flex flex-wrap gap-1.5', bad && 'mt-3 sm:pl-6')}>
        {actions && ways.retry && (
          <Button small onClick={actions.retry}>
            <RotateCcw size={15} aria-hidden />
            {t('retry')}
          </Button>
        )}
        {actions && ways.goOn && (
          <Button small onClick={actions.goOn}>
            {t('continue')}
          </Button>
        )}
        {actions && <ModelMenu current={view.model} onChoose={actions.changeModel} />}
        {error && (
          <Button small look="quiet" onClick={details}>
            {copied ? common('copied') : t('copyDetails')}
          </Button>
        )}
      </div>
    </div>
  );
}
