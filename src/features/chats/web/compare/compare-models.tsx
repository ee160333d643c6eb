import { useTranslations } from 'use-intl';
import { PickModels } from '#features/endpoints/web/index.ts';
import { Dialog } from '#web/ui/dialog.tsx';

/** Picks the models that answer the next message side by side, in a window; for the chat `subject`, or without one for that which begins. */
export default function CompareModels({ subject, onClose }: { subject: string; onClose: () => void }) {
  const t = useTranslations('compareModels');
  return (
    <Dialog title={t('title')} description={t('text')} onClose={onClose}>
      <div className="-mx-2 -mb-2">
        <PickModels chatId={subject || null} current={null} onDone={onClose} />
      </div>
    </Dialog>
  );
}
