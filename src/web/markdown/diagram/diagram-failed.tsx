import { useTranslations } from 'use-intl';

/** Over the code of a diagram that cannot be drawn. */
export default function DiagramFailed() {
  const t = useTranslations('diagram');
  return <span role="status">{t('failed')}</span>;
}
