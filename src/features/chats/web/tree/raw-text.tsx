import { useQuery } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { api } from '#web/api/http.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TryAgain } from '#web/ui/try-again.tsx';
import { useCopy } from '#web/ui/use-copy.ts';

/** A message as it was written, marks and all, to take parts of: on a touch screen its drawn text is not selected. */
export default function RawText({ subject, onClose }: { subject: string; onClose: () => void }) {
  const t = useTranslations('raw');
  const common = useTranslations('common');
  const { data, isError, refetch } = useQuery({
    queryKey: ['message', subject],
    queryFn: ({ signal }) => api<Message>('GET', `/api/v1/messages/${subject}`, undefined, signal),
  });
  const { copied, copy } = useCopy();
  const text = data ? textOf(data.content) : '';
  return (
    <Dialog wide title={t('title')} onClose={onClose}>
      {isError ? (
        <TryAgain onClick={() => void refetch()} />
      ) : (
        <>
          <textarea
            readOnly
            dir="auto"
            aria-label={t('title')}
            aria-busy={!data}
            value={text}
            className="h-[min(28rem,55dvh)] w-full resize-none rounded-medium border border-hairline bg-canvas p-3 font-mono text-sm leading-relaxed"
          />
          <div className="mt-3 flex justify-end">
            <Button disabled={!data} onClick={() => copy(text)}>
              {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
              {copied ? common('copied') : t('copy')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
