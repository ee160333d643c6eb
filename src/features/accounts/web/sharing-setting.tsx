import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Section } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import { changeSettings, useSettings } from './use-users.ts';

/** Whether people may share chats by links that need no account. */
export function SharingSetting() {
  const t = useTranslations('users');
  const words = useErrorWords();
  const { data: settings } = useSettings();
  const [busy, setBusy] = useState(false);
  const change = async (on: boolean) => {
    setBusy(true);
    try {
      await changeSettings({ sharing: on ? 'on' : 'off' });
      toast(t('saved'));
    } catch (error) {
      toast(words(error));
    }
    setBusy(false);
  };
  return (
    settings && (
      <Section title={t('sharing')}>
        <div className="mt-3">
          <Checkbox
            label={t('sharingOn')}
            hint={t('sharingHint')}
            checked={settings.sharing === 'on'}
            disabled={busy}
            onChange={(event) => void change(event.target.checked)}
          />
        </div>
      </Section>
    )
  );
}
