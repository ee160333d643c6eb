import { Eye, EyeOff, GitFork, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { AgentIcon, useAgentsFor } from '#features/agents/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import type { LayerProps } from '#web/ui/fetched-layer.tsx';
import MenuLayer, { type MenuEntry } from '#web/ui/menu-layer.tsx';
import { toast } from '#web/ui/toast.tsx';
import { answerAgain } from '../answer-again.ts';
import { useChat } from '../use-chats.ts';
import { startEditing } from './editing.ts';
import { deleteMessage, exclude, fork, restoreMessage } from './tree-actions.ts';

/** More agents than these are named by `@`. */
const MOST_AGENTS = 6;

/** Everything that can be done to a message. */
type MessageMenuProps = LayerProps & {
  message: Message /** Whoever is here may change nothing. */;
  reads: boolean;
};

export default function MessageMenu({ message, reads, ...layer }: MessageMenuProps) {
  const t = useTranslations('tools');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const orSay = (work: Promise<void>) => void work.catch((error) => toast(words(error)));
  const remove = async () => {
    await deleteMessage(message);
    toast(t('deleted'), { label: t('undo'), run: () => orSay(restoreMessage(message)) });
  };
  const { excluded } = message;
  const again = useAnswerAgain(message, orSay);
  const toFork: MenuEntry = {
    icon: <GitFork size={16} />,
    label: t('fork'),
    run: () => orSay(fork(message).then(({ id }) => navigate(`/c/${id}`))),
  };
  const all: MenuEntry[] = [
    {
      icon: <Pencil size={16} />,
      label: message.role === 'user' ? t('edit') : t('rewrite'),
      run: () => startEditing(message.id),
    },
    {
      icon: excluded ? <Eye size={16} /> : <EyeOff size={16} />,
      label: excluded ? t('takeIn') : t('leaveOut'),
      run: () => orSay(exclude(message, !excluded)),
    },
    toFork,
    ...again,
    'line',
    { icon: <Trash2 size={16} />, label: t('delete'), run: () => orSay(remove()), danger: true },
  ];
  return (
    <MenuLayer
      {...layer}
      entries={reads ? [toFork] : all}
      align={message.role === 'user' ? 'end' : 'start'}
    />
  );
}

/** Has a reply written once more, by an agent that may answer in its chat. */
function useAnswerAgain(message: Message, orSay: (work: Promise<void>) => void): MenuEntry[] {
  const t = useTranslations('tools');
  const { data: chat } = useChat(message.chatId, true);
  const agents = useAgentsFor(chat ?? null) ?? [];
  if (message.role !== 'assistant' || message.parentId === null || !chat) return [];
  const others = agents.filter(({ id }) => id !== message.agentId).slice(0, MOST_AGENTS);
  const entries = others.map(({ id, name, icon }) => ({
    icon: <AgentIcon icon={icon} />,
    label: t('againBy', { name }),
    run: () => orSay(answerAgain(message, { agentId: id })),
  }));
  return entries.length > 0 ? ['line', ...entries] : [];
}
