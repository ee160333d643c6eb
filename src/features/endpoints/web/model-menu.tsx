import { ArrowLeftRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { ModelPopover } from './model-popover.tsx';

/** Has a message answered by another model. */
export function ModelMenu({ current, onChoose }: { current: string | null; onChoose: (id: string) => void }) {
  const t = useTranslations('models');
  return (
    <ModelPopover
      label={t('change')}
      align="start"
      current={current}
      onChoose={onChoose}
      trigger={
        <Button small look="quiet">
          <ArrowLeftRight size={15} aria-hidden />
          {t('change')}
        </Button>
      }
    />
  );
}
