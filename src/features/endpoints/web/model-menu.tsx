import { ArrowLeftRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { ModelOptions, OPTIONS_WIDTH } from './model-options.tsx';

/** Has a message answered by another model. */
export function ModelMenu({ current, onChoose }: { current: string | null; onChoose: (id: string) => void }) {
  const t = useTranslations('models');
  return (
    <Popover
      label={t('change')}
      align="start"
      className={OPTIONS_WIDTH}
      trigger={
        <Button small look="quiet">
          <ArrowLeftRight size={15} aria-hidden />
          {t('change')}
        </Button>
      }
    >
      {(close) => (
        <ModelOptions
          current={current}
          onChoose={(id) => {
            close();
            onChoose(id);
          }}
        />
      )}
    </Popover>
  );
}
