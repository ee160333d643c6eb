import { useLocale, useTranslations } from 'use-intl';
import { DownloadLink } from './download-link.tsx';

/** Takes along all that is one's own, as one archive. */
export function OwnDataLink({ children }: { children: string }) {
  const language = useLocale();
  return (
    <DownloadLink path={`/api/v1/me/export?language=${language}`} look="outline">
      {children}
    </DownloadLink>
  );
}

/** The same on the page of settings. */
export function OwnData() {
  const t = useTranslations('transfer.own');
  return <OwnDataLink>{t('download')}</OwnDataLink>;
}
