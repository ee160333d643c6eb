import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useMe } from '#features/accounts/web/index.ts';
import { useModels } from './use-models.ts';

const LINK = 'font-medium text-accent underline-offset-4 hover:underline';

/** Says that answers are made up while only the built-in model is there, and how to add a real one. */
export function ScriptedNotice() {
  const t = useTranslations('scripted');
  const { data: models } = useModels();
  const { data: me } = useMe();
  if (!models || !me || models.some((model) => !model.scripted)) return null;
  return (
    <p
      className="mx-auto mt-4 max-w-lg rounded-medium bg-hover px-4 py-2.5 text-sm text-muted text-balance"
      data-testid="scripted-notice"
    >
      {models.length > 0 ? t('scripted') : t('noModel')}{' '}
      {me.role === 'admin' ? (
        <Link href="/admin/endpoints" className={LINK}>
          {t('addModel')}
        </Link>
      ) : me.maySignUp ? (
        t.rich('becomeAdmin', {
          link: (words) => (
            <Link href="/sign-up" className={LINK}>
              {words}
            </Link>
          ),
        })
      ) : (
        t('askAdmin')
      )}
    </p>
  );
}
