import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { useCopy } from '#web/ui/use-copy.ts';

/** Recovery codes, shown this once, to be taken along. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = useTranslations('secondFactor');
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  // Taking them along comes first: they are not shown again.
  const [taken, setTaken] = useState(false);
  const text = codes.join('\n');
  return (
    <div className="flex flex-col gap-4">
      <ol
        aria-label={t('codesTitle')}
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-medium bg-code-surface p-4 text-center font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          look={taken ? 'outline' : 'primary'}
          onClick={() => {
            copy(text);
            setTaken(true);
          }}
        >
          {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          <span aria-live="polite">{copied ? common('copied') : t('copyCodes')}</span>
        </Button>
        <Button
          onClick={() => {
            save(`${t('codesFile')}\n\n${text}\n`);
            setTaken(true);
          }}
        >
          <Download size={16} aria-hidden />
          {t('download')}
        </Button>
        <Button look={taken ? 'primary' : 'outline'} onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  );
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'parley-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}
