import { useTranslations } from 'use-intl';
import {
  type Language,
  type SendKey,
  setPreferences,
  type Theme,
  useLanguage,
  usePreferences,
  type WhileWriting,
} from '#web/preferences.ts';
import { Button } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { openWindow } from '#web/ui/windows.ts';
import { useMe } from './use-me.ts';

/** How the page looks and behaves in this browser, and who gets into the account. */
export default function SettingsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('settings');
  const { theme, sendKey, whileWriting } = usePreferences();
  const language = useLanguage();
  return (
    <Dialog title={t('title')} description={t('scope')} onClose={onClose}>
      <div className="flex flex-col gap-5">
        <Choice<Theme>
          label={t('theme')}
          value={theme}
          onChange={(next) => setPreferences({ theme: next })}
          options={[
            { value: 'system', label: t('system') },
            { value: 'light', label: t('light') },
            { value: 'dark', label: t('dark') },
          ]}
        />
        <Choice<Language>
          label={t('language')}
          value={language}
          onChange={(next) => setPreferences({ language: next })}
          options={[
            { value: 'en', label: 'English' },
            { value: 'ru', label: 'Русский' },
          ]}
        />
        <Choice<SendKey>
          label={t('sendKey')}
          value={sendKey}
          onChange={(next) => setPreferences({ sendKey: next })}
          options={[
            { value: 'enter', label: t('enter') },
            { value: 'modifier', label: t('modifier') },
          ]}
        />
        <p className="text-note text-muted">{sendKey === 'enter' ? t('enterHint') : t('modifierHint')}</p>
        <Choice<WhileWriting>
          label={t('whileWriting')}
          value={whileWriting}
          onChange={(next) => setPreferences({ whileWriting: next })}
          options={[
            { value: 'next', label: t('next') },
            { value: 'interrupt', label: t('interrupt') },
          ]}
        />
        <p className="text-note text-muted">{whileWriting === 'next' ? t('nextHint') : t('interruptHint')}</p>
        <section className="flex flex-col gap-2 border-t border-hairline pt-5">
          <h3 className="text-sm font-medium">{t('instructions')}</h3>
          <p className="text-note text-muted">{t('instructionsText')}</p>
          <div>
            <Button onClick={() => openWindow('instructions')}>{t('changeInstructions')}</Button>
          </div>
        </section>
        <section className="flex flex-col gap-2 border-t border-hairline pt-5">
          <h3 className="text-sm font-medium">{t('models')}</h3>
          <p className="text-note text-muted">{t('modelsText')}</p>
          <div>
            <Button onClick={() => openWindow('models')}>{t('changeModels')}</Button>
          </div>
        </section>
        <Security />
      </div>
    </Dialog>
  );
}

/** Who one is here, and the ways to shut others out, or to leave for good; a guest has the last one alone. */
function Security() {
  const t = useTranslations('security');
  const { data: me } = useMe();
  if (!me) return null;
  if (me.role === 'guest')
    return (
      <section className="flex flex-col gap-2 border-t border-hairline pt-5">
        <h3 className="text-sm font-medium">{t('guestTitle')}</h3>
        <div>
          <Button onClick={() => openWindow('delete-account')}>{t('deleteGuest')}</Button>
        </div>
      </section>
    );
  return (
    <section className="flex flex-col gap-2 border-t border-hairline pt-5">
      <h3 className="text-sm font-medium">{t('title')}</h3>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => openWindow('profile')}>{t('profile')}</Button>
        <Button onClick={() => openWindow('change-password')}>{t('changePassword')}</Button>
        <Button onClick={() => openWindow('sign-ins')}>{t('signIns')}</Button>
        <Button onClick={() => openWindow('sign-out-everywhere')}>{t('signOutEverywhere')}</Button>
        <Button onClick={() => openWindow('delete-account')}>{t('deleteAccount')}</Button>
      </div>
    </section>
  );
}
