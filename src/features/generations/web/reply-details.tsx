import { Info } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { IconButton } from '#web/ui/button.tsx';
import { FetchedLayer } from '#web/ui/fetched-layer.tsx';
import type { ReplyView } from './reply-view.ts';

const fetchLayer = () => import('./reply-details-layer.tsx');

/** A button that tells everything about how a reply came to be. */
export function ReplyDetails(reply: { message: Message; view: ReplyView }) {
  const t = useTranslations('reply');
  const trigger = (
    <IconButton label={t('details')} small>
      <Info size={16} />
    </IconButton>
  );
  return <FetchedLayer trigger={trigger} kind="dialog" fetch={fetchLayer} give={reply} />;
}
