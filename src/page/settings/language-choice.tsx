import { useTranslations } from 'use-intl';
import { chooseLanguage } from '#features/accounts/web/index.ts';
import { type Language, useLanguage } from '#web/preferences.ts';
import { Choice } from '#web/ui/choice.tsx';

/** In which language the page is read, on all devices of whoever is here. */
export function LanguageChoice() {
  const name = useTranslations('settingNames');
  return (
    <Choice<Language>
      quiet
      label={name('language')}
      value={useLanguage()}
      onChange={chooseLanguage}
      options={[
        { value: 'en', label: 'English' },
        { value: 'ru', label: 'Русский' },
      ]}
    />
  );
}
