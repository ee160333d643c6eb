import { use, useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMe } from '#features/accounts/web/index.ts';
import { fetchFile } from '#web/fetch-file.ts';
import { SETTING_GROUPS, type SettingEntry, type SettingsRoom } from '#web/pages.ts';
import { Section } from '#web/ui/page.tsx';
import { SearchField } from '#web/ui/search-field.tsx';
import { isMeant, seenBy } from './find-settings.ts';
import { SettingRow } from './setting-row.tsx';
import { useAddressed } from './use-addressed.ts';
import { useOtherWords } from './use-other-words.ts';

let fetching: Promise<readonly SettingEntry[]> | undefined;
/** The same promise each time, as React's `use` asks for. */
const fetchEntries = (rooms: readonly SettingsRoom[]): Promise<readonly SettingEntry[]> => {
  fetching ??= Promise.all(rooms.map(({ fetch }) => fetchFile(fetch))).then(
    (files) => files.flatMap(({ SETTINGS }) => SETTINGS),
    (error) => {
      fetching = undefined;
      throw error;
    },
  );
  return fetching;
};

/** The settings of whoever is here, by groups; those that are searched for while somebody searches. */
export default function AllSettings({ rooms }: { rooms: readonly SettingsRoom[] }) {
  const t = useTranslations('settings');
  const nameOf = useTranslations('settingNames');
  const hintOf = useTranslations('settingHints');
  const { data: me } = useMe();
  const [typed, setTyped] = useState('');
  const search = useCallback((words: string) => setTyped(words), []);
  const other = useOtherWords(rooms, typed !== '');
  const entries = seenBy(use(fetchEntries(rooms)), me?.role ?? 'guest');
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
