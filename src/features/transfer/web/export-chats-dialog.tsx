import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSelection } from '#features/chats/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { useLanguage } from '#web/preferences.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import type { ListFormat } from '../rules.ts';
import { DownloadLink } from './download-link.tsx';
import { FormatsField } from './formats-field.tsx';
import { takeOut } from './take-out.ts';

type ExportChatsProps = {
  /** A filter of the list, as a query; empty: those that are selected. */ subject: string;
  onClose: () => void;
};

/** Asks as what many chats are to go out, and hands them to the browser. */
export default function ExportChatsDialog({ subject, onClose }: ExportChatsProps) {
  const t = useTranslations('transfer.many');
  const [format, setFormat] = useState<ListFormat>('zip');
  // Those of the moment it was opened in.
  const [ids] = useState(() => [...useSelection.getState().ids]);
  return (
    <Dialog title={subject ? t('title') : t('chosenTitle', { count: ids.length })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <FormatsField value={format} onChange={setFormat} />
        {subject ? (
          <OfFilter filter={subject} format={format} onClose={onClose} />
        ) : (
          <OfIds ids={ids} format={format} onClose={onClose} />
        )}
      </div>
    </Dialog>
  );
}

type HowProps = { format: ListFormat; onClose: () => void };

/** A link: the browser itself looks after what may be a large file. */
function OfFilter({ filter, format, onClose }: HowProps & { filter: string }) {
  const t = useTranslations('transfer.out');
  const common = useTranslations('common');
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button look="quiet" onClick={onClose}>
        {common('cancel')}
      </Button>
      <DownloadLink
        path={`/api/v1/chats/export?format=${format}&language=${useLanguage()}&${filter}`}
        onClick={() => setTimeout(onClose)}
      >
        {t('download')}
      </DownloadLink>
    </div>
  );
}

function OfIds({ ids, format, onClose }: HowProps & { ids: readonly string[] }) {
  const t = useTranslations('transfer');
  const words = useErrorWords();
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const going = useRef<AbortController>(undefined);
  useEffect(() => () => going.current?.abort(), []);
  const start = async () => {
    going.current = new AbortController();
    const { signal } = going.current;
    setBusy(true);
    setProblem(null);
    try {
      await takeOut({ ids, format, language }, signal);
      onClose();
    } catch (error) {
      if (signal.aborted) return;
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <DialogFooter
      action={busy ? t('many.preparing') : t('out.download')}
      onAction={() => void start()}
      busy={busy}
      problem={problem}
      onCancel={onClose}
    />
  );
}
