/** Everything that can be set, on one page: found by a word, said for whom it is, at an address of its own. */
import { Suspense, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { FetchedPart, type Part } from '#web/i18n/fetched-part.tsx';
import { Page, Skeleton } from '#web/ui/page.tsx';
import { WORDS } from './rooms.ts';

const ALL: Part<object> = { fetch: () => import('./all-settings.tsx'), words: WORDS };

export default function SettingsPage() {
  const t = useTranslations('settings');
  useEscapeBack();
  return (
    <Page title={t('title')} text={t('text')} nav="own">
      <Suspense fallback={<Skeleton lines={6} />}>
        <FetchedPart part={ALL} give={{}} />
      </Suspense>
    </Page>
  );
}

/** Escape leads back to where the settings were opened from, unless it has something else to do. */
function useEscapeBack(): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.shiftKey || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')) return;
      if (navigation.canGoBack) history.back();
      else navigate('/');
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [navigate]);
}
