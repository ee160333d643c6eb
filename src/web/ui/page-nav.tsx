/** Pages that belong together, side by side at the top of each of them. */
import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import { cx } from '#web/ui/classes.ts';

type Entry = { href: string; label: string };

/** What admins look after. */
export function AdminNav() {
  const t = useTranslations('account');
  return (
    <PageNav
      label={t('admin')}
      entries={[
        { href: '/admin/queue', label: t('queue') },
        { href: '/admin/users', label: t('users') },
        { href: '/admin/endpoints', label: t('endpointsShort') },
      ]}
    />
  );
}

/** What is everybody's own beside their chats. */
export function OwnNav() {
  const t = useTranslations('account');
  return (
    <PageNav
      label={t('own')}
      entries={[
        { href: '/usage', label: t('usage') },
        { href: '/keys', label: t('keys') },
      ]}
    />
  );
}

function PageNav({ label, entries }: { label: string; entries: Entry[] }) {
  const [location] = useLocation();
  return (
    <nav aria-label={label} className="flex min-w-0 flex-1 items-center overflow-x-auto py-1 sm:gap-1">
      {entries.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={href === location ? 'page' : undefined}
          className={cx(
            'flex h-8 items-center rounded-medium px-2.5 text-sm whitespace-nowrap transition-colors outline-offset-0 sm:px-3 touch:h-11',
            href === location ? 'bg-hover font-medium' : 'text-muted hover:bg-hover hover:text-text',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
