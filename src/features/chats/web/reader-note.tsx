import { Eye } from 'lucide-react';
import { useTranslations } from 'use-intl';

/** Stands where others write, for who may read only. */
export function ReaderNote() {
  const t = useTranslations('room');
  return (
    <p className="mx-auto flex w-full max-w-(--measure) items-center justify-center gap-2 px-6 pt-2 pb-[max(1.25rem,env(safe-area-inset-bottom))] text-center text-sm text-pretty text-muted">
      <Eye size={16} className="shrink-0" aria-hidden />
      {t('readOnly')}
    </p>
  );
}
