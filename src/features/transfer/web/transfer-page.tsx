import { useTranslations } from 'use-intl';
import { Page } from '#web/ui/page.tsx';
import { ExportSection } from './export-section.tsx';
import { ImportSection } from './import-section.tsx';

/** Chats on their way in, and on their way out. */
export default function TransferPage() {
  const t = useTranslations('transfer');
  return (
    <Page title={t('title')} text={t('text')} nav="own">
      <ImportSection />
      <ExportSection />
    </Page>
  );
}
