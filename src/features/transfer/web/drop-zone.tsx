import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';

type DropZoneProps = { onFiles: (files: readonly File[]) => void };

/** Where files are dropped, with a button for those who choose them otherwise. */
export function DropZone({ onFiles }: DropZoneProps) {
  const t = useTranslations('transfer.in');
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const over = (event: DragEvent, is: boolean) => {
    event.preventDefault();
    setIsOver(is);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way; the button within is the other
    <div
      onDragOver={(event) => over(event, true)}
      onDragLeave={(event) => over(event, false)}
      onDrop={(event) => {
        over(event, false);
        onFiles([...event.dataTransfer.files]);
      }}
      className={cx(
        'mt-4 flex flex-col items-center gap-3 rounded-large border border-dashed px-6 py-10 text-center transition-colors',
        isOver ? 'border-accent bg-hover' : 'border-outline',
      )}
    >
      <FileUp size={28} className="text-muted" aria-hidden />
      <p className="text-sm pointer-coarse:hidden">
        {t('drop')} <span className="text-muted">{t('or')}</span>
      </p>
      <Button look="primary" onClick={() => input.current?.click()}>
        {t('choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept=".json,.jsonl,.ndjson,.zip,application/json,application/zip"
        aria-label={t('choose')}
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again.
          event.target.value = '';
          onFiles(files);
        }}
      />
      <p className="max-w-xl text-note text-pretty text-muted">{t('known')}</p>
    </div>
  );
}
