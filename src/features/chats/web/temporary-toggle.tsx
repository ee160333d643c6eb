import { MessageCircleDashed } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { IconButton } from '#web/ui/button.tsx';
import { NEW_TEMPORARY } from './new-chat.ts';

/** Has the chat that begins be a temporary one, or not. The address says which, so that it stays as it is when the page is loaded anew. */
export function TemporaryToggle({ on }: { on: boolean }) {
  const t = useTranslations('chats');
  const [, navigate] = useLocation();
  return (
    <IconButton
      label={t('temporary')}
      aria-pressed={on}
      className="aria-pressed:bg-active aria-pressed:text-text"
      onClick={() => navigate(on ? '/' : NEW_TEMPORARY, { replace: true })}
    >
      <MessageCircleDashed size={18} />
    </IconButton>
  );
}
