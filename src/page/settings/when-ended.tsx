import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { setPreferences, usePreferences, type WhenEnded } from '#web/preferences.ts';
import { Choice } from '#web/ui/choice.tsx';

/** Whether this browser lets a page at this address tell anything; over http it does not, but for this very machine. */
const MAY_ASK = 'Notification' in window && window.isSecureContext;

/** How one hears of a reply that has ended elsewhere. The browser is asked for its leave when that is switched on, and not before. */
export function WhenEndedChoice() {
  const t = useTranslations('settings');
  const name = useTranslations('settingNames');
  const value = usePreferences(({ whenEnded }) => whenEnded);
  const [refused, setRefused] = useState(false);
  const choose = async (next: WhenEnded) => {
    const allowed = next !== 'desktop' || (await isAllowed());
    setRefused(!allowed);
    setPreferences({ whenEnded: allowed ? next : 'page' });
  };
  // What was allowed once may have been taken back in the browser since.
  const muted = refused || (value === 'desktop' && !(MAY_ASK && Notification.permission === 'granted'));
  return (
    <>
      <Choice<WhenEnded>
        quiet
        label={name('whenEnded')}
        value={value}
        onChange={(next) => void choose(next)}
        options={[
          { value: 'off', label: t('off') },
          { value: 'page', label: t('onPage') },
          { value: 'desktop', label: t('byBrowser') },
        ]}
      />
      <p role="status" className="mt-2 text-start text-note text-pretty text-muted empty:hidden">
        {muted && t(MAY_ASK ? 'notAllowed' : 'notPossible')}
      </p>
    </>
  );
}

/** Asks the browser, which asks its user; some answer no by themselves. */
const isAllowed = async (): Promise<boolean> =>
  MAY_ASK && (await Notification.requestPermission().catch(() => 'denied')) === 'granted';
