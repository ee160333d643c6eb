import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import PopoverLayer from '#web/ui/popover-layer.tsx';
import { RatingForm } from './rating-form.tsx';

/** What the reader thinks of a reply, hanging from its button. */
export default function RatingLayer({ message, ...layer }: { message: Message } & LayerProps) {
  const t = useTranslations('tools');
  return (
    <PopoverLayer {...layer} align="start" label={t('rate')} className="w-80 max-w-[calc(100vw-1rem)] p-3.5">
      {(close) => <RatingForm message={message} onDone={close} />}
    </PopoverLayer>
  );
}
