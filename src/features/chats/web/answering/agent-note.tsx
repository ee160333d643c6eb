import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useAgents, useAgentsFor } from '#features/agents/web/index.ts';
import type { Chat } from '../../chats.ts';

/** Says that the agent of a chat answers nothing there any more, and why. */
export function AgentNote({ chat }: { chat: Chat }) {
  const t = useTranslations('answering');
  const { data } = useAgents();
  const answering = useAgentsFor(chat);
  const agent = data?.find(({ id }) => id === chat.agentId);
  if (!data || !answering || chat.agentId === null || answering.some(({ id }) => id === chat.agentId))
    return null;
  return (
    <p className="mx-auto flex w-full max-w-(--measure) items-start gap-2 px-4 pb-2 text-note text-pretty text-muted sm:px-6">
      <CircleAlert size={15} className="mt-0.5 shrink-0" aria-hidden />
      <span dir="auto">
        {!agent ? t('unreadableNote') : t(agent.archived ? 'archivedNote' : 'awayNote', { name: agent.name })}
      </span>
    </p>
  );
}
