import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useSaid } from '#web/i18n/use-said.ts';
import { cx } from '#web/ui/classes.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import type { ToldContext } from '../told-context.ts';

/** Whether what is shown is what was sent, and the hash that says so. */
export function ToldProof({ told }: { told: ToldContext }) {
  const t = useTranslations('told');
  const said = useSaid();
  const { verified, reason, why, sha256 } = told;
  const Icon = verified ? ShieldCheck : ShieldAlert;
  return (
    <section aria-label={t('proof')} className="flex flex-col gap-1.5 text-sm">
      <p className="flex items-start gap-2 text-pretty">
        <Icon
          size={18}
          aria-hidden
          className={cx('mt-0.5 shrink-0', verified ? 'text-accent' : 'text-danger')}
        />
        <span>
          {verified
            ? t('verified')
            : (said({ ...(reason && { detail: reason }), ...why }) ?? reason ?? t('notVerified'))}
        </span>
      </p>
      <p className="flex items-center gap-1 font-code text-note text-muted">
        <span className="min-w-0 truncate">{sha256}</span>
        <CopyButton text={sha256} label={t('copyHash')} />
      </p>
    </section>
  );
}
