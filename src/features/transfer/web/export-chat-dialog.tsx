import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { CHAT_FORMATS, type ChatFormat } from '../rules.ts';
import { DownloadLink } from './download-link.tsx';

/** Formats that have the same name in every language. */
const NAMES: Partial<Record<ChatFormat, string>> = { json: 'JSON', md: 'Markdown' };

/** Asks as what a chat is to go out, and hands it to the browser. */
export default function ExportChatDialog({ subject, onClose }: { subject: string; onClose: () => void }) {
  const t = useTranslations('transfer.one');
  const common = useTranslations('common');
  const language = useLocale();
  const [format, setFormat] = useState<ChatFormat>('json');
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Choice<ChatFormat>
          label={t('how')}
          value={format}
          onChange={setFormat}
          options={CHAT_FORMATS.map((value) => ({
            value,
            label: NAMES[value] ?? t(value as 'html' | 'txt'),
          }))}
        />
        <p className="min-h-10 text-note text-pretty text-muted" aria-live="polite">
          {t(`${format}Hint`)}
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <DownloadLink
            path={`/api/v1/chats/${subject}/export?format=${format}&language=${language}`}
            onClick={() => setTimeout(onClose)}
          >
            {t('download')}
          </DownloadLink>
        </div>
      </div>
    </Dialog>
  );
}
