/** Where admins see who is here and say what they may use. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { INPUT } from '#web/ui/field.tsx';
import { Failed, Page, Skeleton } from '#web/ui/page.tsx';
import { SearchField } from '#web/ui/search-field.tsx';
import type { UserRole } from '../accounts.ts';
import { DefaultLimits } from './default-limits.tsx';
import { GuestLimits } from './guest-limits.tsx';
import { Invites } from './invites.tsx';
import { MailSection } from './mail-section.tsx';
import { SharingSetting } from './sharing-setting.tsx';
import { useSettings, useUsers } from './use-users.ts';
import { UserRow } from './user-row.tsx';

const ROLES = ['admin', 'member', 'guest'] as const;

export default function UsersPage() {
  const t = useTranslations('users');
  const [words, setWords] = useState('');
  const [role, setRole] = useState<UserRole | ''>('');
  const list = useUsers({ words, role });
  const { data: defaults } = useSettings();
  const users = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('title')} text={t('text')} nav="admin">
      <div className="mt-8 flex flex-wrap gap-2">
        <SearchField
          label={t('search')}
          onSearch={setWords}
          className="min-w-[min(100%,13rem)] flex-1 sm:max-w-sm"
        />
        <select
          aria-label={t('role')}
          value={role}
          onChange={(event) => setRole(event.target.value as UserRole | '')}
          className={cx(INPUT, 'h-11 sm:h-9 sm:w-auto!')}
        >
          <option value="">{t('everybody')}</option>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`roles.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {list.isPending && <Skeleton lines={5} />}
      {list.isError && <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>}
      {list.isSuccess && users.length === 0 && <p className="mt-10 text-muted">{t('nobody')}</p>}
      <ul className={cx('mt-3 transition-opacity', list.isPlaceholderData && 'opacity-60')}>
        {users.map((user) => (
          <UserRow key={user.id} user={user} defaults={defaults} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-4" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      <Invites />
      <MailSection />
      <DefaultLimits />
      <GuestLimits />
      <SharingSetting />
    </Page>
  );
}
