import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

/** Stands where a project was that is deleted, or that one is no member of any more, or never was. */
export function ProjectGone() {
  const t = useTranslations('project');
  return (
    <div className="mx-auto mt-20 max-w-sm text-center">
      <h1 className="text-lg font-semibold tracking-tight">{t('goneTitle')}</h1>
      <p className="mt-1.5 text-sm text-balance text-muted">{t('goneText')}</p>
      <Link
        href="/projects"
        className="mt-5 inline-block text-sm font-medium text-accent underline-offset-4 hover:underline"
      >
        {t('toAll')}
      </Link>
    </div>
  );
}
