import { useTranslations } from 'use-intl';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { DEFAULT_SCOPES, SCOPES, type Scope } from '../rules.ts';

/** What a new key may do, to be ticked; the admin routes are offered to admins. */
export function ScopeFields({ forAdmin }: { forAdmin: boolean }) {
  const t = useTranslations('keys');
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-2 text-sm font-medium">{t('scopes')}</legend>
      {SCOPES.filter((scope) => scope !== 'admin' || forAdmin).map((scope) => (
        <Checkbox
          key={scope}
          name="scopes"
          value={scope}
          label={t(`scope.${scope}`)}
          hint={t(`scopeHint.${scope}`)}
          defaultChecked={DEFAULT_SCOPES.includes(scope)}
        />
      ))}
    </fieldset>
  );
}

/** The scopes that are ticked in a form. */
export const scopesIn = (fields: FormData): Scope[] =>
  SCOPES.filter((scope) => fields.getAll('scopes').includes(scope));
