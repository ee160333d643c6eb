import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#web/ui/button.tsx';

/** Has the layers below say a value again. The focus goes to its field, as the button goes with what it clears. */
export function ClearButton({ name, onClear }: { name: string; onClear: () => void }) {
  const t = useTranslations('origins');
  return (
    <IconButton
      small
      label={t('clearName', { name })}
      onClick={({ currentTarget }) => {
        const field = currentTarget
          .closest('p')
          ?.parentElement?.querySelector('input, textarea, select, button');
        onClear();
        if (field instanceof HTMLElement) field.focus();
      }}
    >
      <RotateCcw size={14} />
    </IconButton>
  );
}
