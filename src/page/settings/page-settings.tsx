/** How the page looks and behaves in this browser. */

import { useTranslations } from 'use-intl';
import type { SettingsRoom } from '#web/pages.ts';
import {
  type SendKey,
  setPreferences,
  type TextSize,
  type Theme,
  usePreferences,
  type WhileWriting,
} from '#web/preferences.ts';
import { Button } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { openWindow } from '#web/ui/windows.ts';
import { LanguageChoice } from './language-choice.tsx';
import { later } from './later-words.ts';
import { WhenEndedChoice } from './when-ended.tsx';

/** The name stands beside each already; here it is for those who hear the page. */
const useNames = () => [useTranslations('settings'), useTranslations('settingNames')] as const;

function ThemeChoice() {
  const [t, name] = useNames();
  const value = usePreferences(({ theme }) => theme);
  return (
    <Choice<Theme>
      quiet
      label={name('theme')}
      value={value}
      onChange={(theme) => setPreferences({ theme })}
      options={[
        { value: 'system', label: t('system') },
        { value: 'light', label: t('light') },
        { value: 'dark', label: t('dark') },
      ]}
    />
  );
}

function TextSizeChoice() {
  const [t, name] = useNames();
  const value = usePreferences(({ textSize }) => textSize);
  return (
    <Choice<TextSize>
      quiet
      label={name('textSize')}
      value={value}
      onChange={(textSize) => setPreferences({ textSize })}
      options={[
        { value: '100', label: t('usual') },
        { value: '112.5', label: t('large') },
        { value: '125', label: t('larger') },
      ]}
    />
  );
}

function SendKeyChoice() {
  const [t, name] = useNames();
  const value = usePreferences(({ sendKey }) => sendKey);
  return (
    <Choice<SendKey>
      quiet
      label={name('sendKey')}
      value={value}
      onChange={(sendKey) => setPreferences({ sendKey })}
      options={[
        { value: 'enter', label: t('enter') },
        { value: 'modifier', label: t('modifier') },
      ]}
    />
  );
}

function WhileWritingChoice() {
  const [t, name] = useNames();
  const value = usePreferences(({ whileWriting }) => whileWriting);
  return (
    <Choice<WhileWriting>
      quiet
      label={name('whileWriting')}
      value={value}
      onChange={(whileWriting) => setPreferences({ whileWriting })}
      options={[
        { value: 'next', label: t('next') },
        { value: 'interrupt', label: t('interrupt') },
      ]}
    />
  );
}

function ThoughtsChoice() {
  const [t, name] = useNames();
  const value = usePreferences(({ thoughtsOpen }) => thoughtsOpen);
  return (
    <Choice<'auto' | 'open' | 'folded'>
      quiet
      label={name('thoughts')}
      value={value === null ? 'auto' : value ? 'open' : 'folded'}
      onChange={(next) => setPreferences({ thoughtsOpen: next === 'auto' ? null : next === 'open' })}
      options={[
        { value: 'auto', label: t('auto') },
        { value: 'open', label: t('opened') },
        { value: 'folded', label: t('folded') },
      ]}
    />
  );
}

function Shortcuts() {
  const [t] = useNames();
  return <Button onClick={() => openWindow('shortcuts')}>{t('showShortcuts')}</Button>;
}

export const settings: SettingsRoom = {
  words: [later],
  entries: [
    {
      id: 'theme',
      group: 'look',
      order: 10,
      scope: 'browser',
      find: 'dark light night mode colours colors appearance тёмная светлая ночная цвета оформление',
      Control: ThemeChoice,
    },
    {
      id: 'language',
      group: 'look',
      order: 20,
      scope: 'you',
      find: 'english russian locale translation английский русский перевод',
      Control: LanguageChoice,
    },
    {
      id: 'textSize',
      group: 'look',
      order: 30,
      scope: 'browser',
      find: 'font zoom larger bigger accessibility шрифт масштаб крупнее доступность',
      Control: TextSizeChoice,
    },
    {
      id: 'sendKey',
      group: 'writing',
      order: 10,
      scope: 'browser',
      find: 'enter composer newline keyboard shortcut отправка ввод клавиша перенос',
      Control: SendKeyChoice,
    },
    {
      id: 'whileWriting',
      group: 'writing',
      order: 20,
      scope: 'browser',
      find: 'queue interrupt stop outbox очередь прервать остановить',
      Control: WhileWritingChoice,
    },
    {
      id: 'thoughts',
      group: 'writing',
      order: 30,
      scope: 'browser',
      find: 'reasoning thinking chain fold expand рассуждения размышления свернуть раскрыть',
      Control: ThoughtsChoice,
    },
    {
      id: 'whenEnded',
      group: 'writing',
      order: 35,
      scope: 'browser',
      find: 'notification notify desktop toast alert finished done ready уведомления оповещения сообщить готово закончен',
      Control: WhenEndedChoice,
    },
    {
      id: 'shortcuts',
      group: 'writing',
      order: 40,
      scope: 'browser',
      find: 'keys hotkeys keyboard help горячие клавиши справка',
      Control: Shortcuts,
    },
  ],
};
