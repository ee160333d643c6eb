/** Where people make keys for their programs, and take them back. */
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Button } from '#web/ui/button.tsx';
import { Failed, Page, Skeleton } from '#web/ui/page.tsx';
import { ApiKeyRow } from './api-key-row.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { useApiKeys } from './use-api-keys.ts';
import { useMe } from './use-me.ts';

/** `example` stands below the keys: what to do with one. */
export function ApiKeysPage({ example }: { example: ReactNode }) {
  const t = useTranslations('keys');
  const { data: me } = useMe();
  const [making, setMaking] = useState(false);
  const account = me?.role !== 'guest';
  const list = useApiKeys(account);
  return (
    <Page
      title={t('title')}
      text={t('text')}
      nav="own"
      action={
        account && (
          <Button look="primary" onClick={() => setMaking(true)}>
            <Plus size={16} aria-hidden />
            {t('make')}
          </Button>
        )
      }
    >
      {me?.role === 'guest' && <SignUpFirst maySignUp={me.maySignUp} />}
      {account && list.isPending && <Skeleton lines={2} />}
      {list.isError && <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>}
      {list.data?.length === 0 && <p className="mt-8 text-sm text-muted text-pretty">{t('none')}</p>}
      <ul className="mt-5">
        {list.data?.map((apiKey) => (
          <ApiKeyRow key={apiKey.id} apiKey={apiKey} />
        ))}
      </ul>
      {example}
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}

function SignUpFirst({ maySignUp }: { maySignUp: boolean }) {
  const t = useTranslations('keys');
  return (
    <div className="mt-8 rounded-medium border border-hairline bg-surface p-5">
      <h2 className="font-medium">{t('guestTitle')}</h2>
      <p className="mt-1 text-sm text-muted text-pretty">{t(maySignUp ? 'guestText' : 'guestClosed')}</p>
      {maySignUp && (
        <Link
          href="/sign-up"
          className="mt-3 inline-block text-sm font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('signUp')}
        </Link>
      )}
    </div>
  );
}
