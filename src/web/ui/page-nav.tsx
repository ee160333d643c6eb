import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import { type NavGroup, useNavigation } from '#web/pages.ts';
import { cx } from './classes.ts';

/** Pages that belong together, side by side at the top of each of them. */
export function PageNav({ group }: { group: NavGroup }) {
  const t = useTranslations('pages');
  const nameOf = useTranslations('nav');
  const [location] = useLocation();
  return (
    <nav aria-label={t(group)} className="flex min-w-0 flex-1 flex-wrap items-center py-1 sm:gap-1">
      {useNavigation(group)
        .filter((item) => 'path' in item)
        .map(({ path, word }) => (
          <Link
            key={path}
            href={path}
            aria-current={path === location ? 'page' : undefined}
            className={cx(
              'flex min-h-8 items-center rounded-medium px-2.5 text-sm transition-colors outline-offset-0 sm:px-3 touch:min-h-11',
              path === location ? 'bg-hover font-medium' : 'text-muted hover:bg-hover hover:text-text',
            )}
          >
            {nameOf(word)}
          </Link>
        ))}
    </nav>
  );
}
