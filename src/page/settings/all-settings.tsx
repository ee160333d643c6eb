import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '#features/accounts/web/index.ts';
import { SETTING_GROUPS } from '#web/pages.ts';
import { Section } from '#web/ui/page.tsx';
import { SearchField } from '#web/ui/search-field.tsx';
import { isMeant, seenBy } from './find-settings.ts';
import { ENTRIES } from './rooms.ts';
import { SettingRow } from './setting-row.tsx';
import { useAddressed } from './use-addressed.ts';
import { useOtherWords } from './use-other-words.ts';

/** The settings of whoever is here, by groups; those that are searched for while somebody searches. */
export default function AllSettings() {
  const t = useTranslations('settings');
  const nameOf = useTranslations('settingNames');
  const hintOf = useTranslations('settingHints');
  const { data: me } = useMe();
  const [typed, setTyped] = useState('');
  const search = useCallback((words: string) => setTyped(words), []);
  const other = useOtherWords(typed !== '');
  const entries = seenBy(ENTRIES, me?.role ?? 'guest');
  const addressed = useAddressed();
  const found = entries.filter(
    ({ id, find, scope, group }) =>
      typed === '' ||
      isMeant(
        typed,
        [nameOf(id), hintOf(id), find, other(id), t(`scope.${scope}`), t(`groups.${group}`)].join(' '),
      ),
  );
  return (
    <div className="max-w-3xl">
      <SearchField label={t('search')} onSearch={search} className="mt-6 max-w-md" />
      <p className="sr-only" aria-live="polite">
        {typed !== '' && t('found', { count: found.length })}
      </p>
      {found.length === 0 && <p className="mt-8 text-sm text-muted">{t('none')}</p>}
      {SETTING_GROUPS.map((group) => {
        const inGroup = found.filter((entry) => entry.group === group);
        return inGroup.length === 0 ? null : (
          <Section key={group} title={t(`groups.${group}`)}>
            <ul className="mt-2 divide-y divide-hairline border-y border-hairline">
              {inGroup.map((entry) => (
                <SettingRow key={entry.id} entry={entry} addressed={entry.id === addressed} />
              ))}
            </ul>
          </Section>
        );
      })}
    </div>
  );
}
