import { useTranslations } from 'use-intl';
import { Gone } from '#web/ui/gone.tsx';

/** Stands where a project was that is deleted, or that one is no member of any more, or never was. */
export function ProjectGone() {
  const t = useTranslations('project');
  return <Gone title={t('goneTitle')} text={t('goneText')} to={{ href: '/projects', name: t('toAll') }} />;
}
