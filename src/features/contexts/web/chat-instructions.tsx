import { useTranslations } from 'use-intl';
import { ContextEditor } from './context-editor.tsx';

/** What the models are told in one chat. */
export default function ChatInstructions({ chatId }: { chatId: string }) {
  const t = useTranslations('instructions');
  return (
    <section aria-label={t('chatTitle')} className="border-t border-hairline pt-5">
      <ContextEditor
        key={chatId}
        path={`/api/v1/chats/${chatId}`}
        label={t('chatTitle')}
        hint={t('chatHint')}
        rows={5}
      />
    </section>
  );
}
