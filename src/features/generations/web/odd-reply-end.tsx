import { CircleAlert, RefreshCw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { ModelMenu } from '#features/endpoints/web/index.ts';
import { Button } from '#web/ui/button.tsx';
import type { OddEnd } from './odd-end.ts';

type OddReplyEndProps = {
  odd: OddEnd;
  hasText: boolean;
  /** The model that wrote it. */
  model: string | null;
  /** Only the last reply of a chat has ways on. */
  actions: { again: () => void; goOn: () => void; changeModel: (modelId: string) => void } | null;
};

/** Says of a completed reply that it is empty, cut or filtered, and offers what can help. */
export function OddReplyEnd({ odd, hasText, model, actions }: OddReplyEndProps) {
  const t = useTranslations('end');
  const reply = useTranslations('reply');
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <p className="flex items-start gap-2 text-muted">
        <CircleAlert size={16} className="mt-0.5 shrink-0" aria-hidden />
        <span className="min-w-0">{t(`odd.${odd}`)}</span>
      </p>
      {actions && (
        <div className="flex flex-wrap gap-1.5">
          {odd === 'cut' && hasText ? (
            <Button small onClick={actions.goOn}>
              {t('continue')}
            </Button>
          ) : (
            <Button small onClick={actions.again}>
              <RefreshCw size={15} aria-hidden />
              {reply('regenerate')}
            </Button>
          )}
          <ModelMenu current={model} onChoose={actions.changeModel} />
        </div>
      )}
    </div>
  );
}
