import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useCopy } from './use-copy.ts';

type SecretDialogProps = {
  title: string;
  text: string;
  /** What is shown. */
  value: string;
  /** On the button that copies it. */
  copyLabel: string;
  doneLabel: string;
  onClose: () => void;
};

/** A secret that is shown this once, to be taken along. */
export function SecretDialog({ title, text, value, copyLabel, doneLabel, onClose }: SecretDialogProps) {
  const common = useTranslations('common');
  const { copied, copy } = useCopy();
  // Copying comes first: it is not shown again.
  const [taken, setTaken] = useState(false);
  const take = () => {
    copy(value);
    setTaken(true);
  };
  return (
    <Dialog title={title} description={text} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <input
          readOnly
          aria-label={title}
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="h-11 w-full rounded-medium border border-hairline bg-code-surface px-3 font-mono text-note"
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button look={taken ? 'outline' : 'primary'} onClick={take}>
            {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            <span aria-live="polite">{copied ? common('copied') : copyLabel}</span>
          </Button>
          <Button look={taken ? 'primary' : 'outline'} onClick={onClose}>
            {doneLabel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
