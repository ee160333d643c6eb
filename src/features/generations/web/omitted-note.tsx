import { Scissors } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { openPanel } from '#web/ui/windows.ts';

/** Says under a reply that earlier messages did not fit, and opens what was sent. */
export default function OmittedNote({ messageId, omitted }: { messageId: string; omitted: number }) {
  const t = useTranslations('told');
  return (
    <button
      type="button"
      onClick={() => openPanel('told', messageId)}
      className="mt-2 -ml-2 inline-flex items-center gap-2 rounded-medium px-2 py-1 text-left text-note text-muted transition-colors hover:bg-hover hover:text-text touch:min-h-11"
    >
      <Scissors size={16} aria-hidden className="shrink-0" />
      {t('omitted', { count: omitted })}
    </button>
  );
}
