/** What the endpoints add to the page of settings. */
import { later as layers } from '#features/settings/web/index.ts';
import { lazyFile } from '#web/fetch-file.ts';
import type { SettingsRoom } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const settings: SettingsRoom = {
  words: [later, layers],
  entries: [
    {
      id: 'models',
      group: 'models',
      order: 10,
      scope: 'you',
      find: 'temperature top_p seed tokens length reasoning effort default llm температура сид длина токены усилие рассуждения умолчание',
      Form: lazyFile(() => import('./web/settings/personal-form.tsx')),
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
    {
      id: 'chatTitles',
      group: 'instance',
      order: 35,
      scope: 'instance',
      for: 'admin',
      find: 'title name automatic generate summary background название заголовок имя автоматически фоновый',
      path: '/admin/endpoints',
    },
  ],
};
