import { useTranslations } from 'use-intl';
import { ContextEditor } from './context-editor.tsx';

/** What somebody tells the models in all their chats. */
export default function PersonalInstructions() {
  const t = useTranslations('instructions');
  return <ContextEditor path="/api/v1/me" label={t('personal')} hint={t('personalHint')} rows={8} />;
}
