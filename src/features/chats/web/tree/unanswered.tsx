import { MessageCircleReply } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import { answer } from '../answer-again.ts';
import { pendingModel } from '../next-model.ts';

/** Says of the last message of a chat that nothing answers it, and has that done: it was only kept, or its reply is gone. */
export default function Unanswered({ message }: { message: Message }) {
  const t = useTranslations('unanswered');
  const words = useErrorWords();
  const [asked, setAsked] = useState(false);
  const ask = () => {
    const modelId = pendingModel(message.chatId);
    setAsked(true);
    answer(message, modelId ? { modelId } : {}).catch((error) => {
      setAsked(false);
      toast(words(error));
    });
  };
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-x-3 gap-y-1 text-note text-muted">
      {t('note')}
      <Button small disabled={asked} onClick={ask}>
        <MessageCircleReply size={15} aria-hidden />
        {t('answer')}
      </Button>
    </div>
  );
}
