import { Clock, Pencil, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#web/ui/button.tsx';

type HeldChipProps = { text: string; onEdit: () => void; onDelete: () => void; onSendNow: () => void };

/** What will be said next, above the composer, for as long as it waits. */
export function HeldChip({ text, onEdit, onDelete, onSendNow }: HeldChipProps) {
  const t = useTranslations('composer');
  return (
    <section
      aria-label={t('held')}
      className="mx-auto w-full max-w-(--measure) animate-rise px-3 pb-2 sm:px-6"
    >
      <div className="flex flex-wrap items-center justify-end gap-1 rounded-medium border border-hairline bg-surface py-1 pr-1 pl-3 text-sm">
        <span className="flex min-w-[min(100%,5rem)] flex-1 items-center gap-2.5">
          <Clock size={15} className="shrink-0 text-muted" aria-hidden />
          <span dir="auto" className="min-w-0 truncate" title={text}>
            {text}
          </span>
        </span>
        <Button small look="quiet" onClick={onSendNow}>
          {t('sendNow')}
        </Button>
        <IconButton label={t('editHeld')} small onClick={onEdit}>
          <Pencil size={15} />
        </IconButton>
        <IconButton label={t('deleteHeld')} small onClick={onDelete}>
          <X size={16} />
        </IconButton>
      </div>
    </section>
  );
}
