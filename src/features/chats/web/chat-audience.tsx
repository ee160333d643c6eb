/** Who sees a chat of a project; who may, says who is to. */
import { Check, ChevronDown, Lock, Users } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import type { Visibility } from '#features/projects/projects.ts';
import { useProject } from '#features/projects/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Menu } from '#web/ui/menu.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../chats.ts';
import { changeChat } from './change-chat.ts';
import type { NewPlace } from './new-chat.ts';
import { newChatAddress } from './new-chat-address.ts';

type ChatAudienceProps = {
  projectId: string;
  /** Null: one that begins with the next message. */
  chat: Chat | null;
  /** Where that one is to be. */
  place: NewPlace | null;
  /** Whoever is here may say who sees it. */
  manage: boolean;
};

export default function ChatAudience({ projectId, chat, place, manage }: ChatAudienceProps) {
  const t = useTranslations('room');
  const errors = useErrorWords();
  const [, navigate] = useLocation();
  const { data: project } = useProject(projectId);
  if (!project) return null;
  const seen = (chat ?? place)?.visibility ?? project.defaultVisibility;
  const change = (visibility: Visibility) => {
    if (!chat) return navigate(newChatAddress(projectId, visibility), { replace: true });
    changeChat(chat, { visibility }).catch((error) => toast(errors(error)));
  };
  const words = seen === 'shared' ? t('sharedWith', { count: project.memberCount - 1 }) : t('onlyYou');
  const Icon = seen === 'shared' ? Users : Lock;
  const inside = (
    <>
      <Icon size={14} className="shrink-0" aria-hidden />
      <span className="truncate max-lg:sr-only">{words}</span>
    </>
  );
  const look =
    'flex h-8 min-w-0 shrink-0 items-center gap-1.5 rounded-medium px-2 text-xs whitespace-nowrap text-muted';
  if (!manage)
    return (
      <span className={look} title={words}>
        {inside}
      </span>
    );
  const entry = (value: Visibility, label: string, icon: typeof Users) => {
    const Mark = value === seen ? Check : icon;
    return { icon: <Mark size={16} />, label, run: () => value !== seen && change(value) };
  };
  return (
    <Menu
      entries={[entry('shared', t('toShared'), Users), entry('private', t('toPrivate'), Lock)]}
      trigger={
        <button
          type="button"
          title={words}
          className={`${look} transition-colors outline-offset-0 hover:bg-hover hover:text-text data-[state=open]:bg-hover touch:h-11`}
        >
          {inside}
          <ChevronDown size={14} className="shrink-0 max-lg:hidden" aria-hidden />
        </button>
      }
    />
  );
}
