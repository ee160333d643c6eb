import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Header } from '#web/ui/header.tsx';
import { useTitle } from '#web/ui/use-title.ts';

/** An address that leads nowhere. */
export default function NotFound() {
  const t = useTranslations('notFound');
  useTitle(t('title'));
  return (
    <>
      <Header />
      <div className="grid flex-1 place-items-center p-6 text-center">
        <div>
          <p className="text-5xl font-semibold tracking-tight text-muted tabular-nums">404</p>
          <h1 className="mt-3 text-lg font-semibold">{t('title')}</h1>
          <p className="mt-1 text-sm text-muted">{t('text')}</p>
          <Link
            href="/"
            className="mt-5 inline-block font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('home')}
          </Link>
        </div>
      </div>
    </>
  );
}
