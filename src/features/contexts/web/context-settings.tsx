/** What the instructions add to the page of settings. */
import { useTranslations } from 'use-intl';
import type { SettingEntry } from '#web/pages.ts';
import { ContextEditor } from './context-editor.tsx';

/** What somebody tells the models in all their chats. */
function PersonalInstructions() {
  const t = useTranslations('instructions');
  return <ContextEditor path="/api/v1/me" label={t('personal')} hint={t('personalHint')} rows={8} />;
}

export const SETTINGS: readonly SettingEntry[] = [
  {
    id: 'instructions',
    group: 'models',
    order: 20,
    scope: 'you',
    find: 'system prompt custom instructions personalization memory about me системный промпт инструкции персонализация обо мне',
    Form: PersonalInstructions,
  },
  {
    id: 'primaryInstructions',
    group: 'instance',
    order: 40,
    scope: 'instance',
    for: 'admin',
    find: 'system prompt context primary системный промпт инструкции контекст',
    path: '/admin/context',
  },
];
