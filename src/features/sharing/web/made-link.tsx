import { Check, Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { useCopy } from '#web/ui/use-copy.ts';
import type { MadeShare } from '../sharing.ts';

/** A link that was just made, to be taken along: it is not shown again. */
export function MadeLink({ share: { url } }: { share: MadeShare }) {
  const t = useTranslations('sharing');
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-sm text-pretty">
        {t('made')}
      </p>
      <div className="flex flex-wrap gap-2">
        <input
          readOnly
          aria-label={t('link')}
          value={url}
          onFocus={(event) => event.currentTarget.select()}
          className="h-11 min-w-[min(100%,12rem)] flex-1 rounded-medium border border-hairline bg-code-surface px-3 font-mono text-note sm:h-10"
        />
        <Button ref={button} look="primary" className="h-11 sm:h-10" onClick={() => copy(url)}>
          {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          <span aria-live="polite">{copied ? common('copied') : t('copyLink')}</span>
        </Button>
      </div>
    </div>
  );
}
