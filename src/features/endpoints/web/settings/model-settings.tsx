/** What the endpoints add to the page of settings. */
import type { SettingEntry } from '#web/pages.ts';
import { PersonalForm } from './personal-form.tsx';

export const SETTINGS: readonly SettingEntry[] = [
  {
    id: 'models',
    group: 'models',
    order: 10,
    scope: 'you',
    find: 'temperature top_p seed tokens length reasoning effort default llm температура сид длина токены усилие рассуждения умолчание',
    Form: PersonalForm,
  },
  {
    id: 'endpoints',
    group: 'instance',
    order: 20,
    scope: 'instance',
    for: 'admin',
    find: 'api key provider openai anthropic ollama lm studio vllm default ключ провайдер адрес умолчание',
    path: '/admin/endpoints',
  },
  {
    id: 'everybodysModels',
    group: 'instance',
    order: 30,
    scope: 'instance',
    for: 'admin',
    find: 'temperature tokens reasoning default температура токены рассуждения умолчание',
    path: '/admin/endpoints',
  },
];
