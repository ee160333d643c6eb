import { useTranslations } from 'use-intl';
import { Dialog } from '#web/ui/dialog.tsx';
import { ContextEditor } from './context-editor.tsx';

/** What somebody tells the models in all their chats. */
export default function InstructionsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('instructions');
  return (
    <Dialog title={t('personalTitle')} description={t('personalText')} wide onClose={onClose}>
      <ContextEditor path="/api/v1/me" label={t('personal')} hint={t('personalHint')} rows={8} />
    </Dialog>
  );
}
