/** The panel that shows what a chat's replies are made with, and who says so; who may write there changes it for this chat. */
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { SettingsForm } from '#features/endpoints/web/index.ts';
import { useLayered } from '#features/settings/web/index.ts';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { Panel } from '#web/ui/panel.tsx';
import type { ChatSettings } from '../../chat-settings.ts';
import type { Chat } from '../../chats.ts';
import { changeChat } from '../change-chat.ts';
import { useChatRights } from '../chat-rights.ts';
import { useChat } from '../use-chats.ts';
import { useFollowedChat } from '../use-followed-chat.ts';
import { AgentLine } from './agent-line.tsx';
import { InstructionsList } from './instructions-list.tsx';
import { WindowLine } from './window-line.tsx';

type SettingsPanelProps = { subject: string; onClose: () => void };

export default function SettingsPanel({ subject, onClose }: SettingsPanelProps) {
  const t = useTranslations('chatSettings');
  const { data: chat } = useChat(subject, true);
  useFollowedChat(onClose);
  const gone = chat === null;
  useEffect(() => {
    if (gone) onClose();
  }, [gone, onClose]);
  if (!chat) return null;
  return (
    <Panel title={t('title')} description={t('text')} onClose={onClose}>
      <Settings key={chat.id} chat={chat} />
    </Panel>
  );
}

function Settings({ chat }: { chat: Chat }) {
  const t = useTranslations('chatSettings');
  const rights = useChatRights(chat, true);
  const { data, isError, refetch } = useLayered<ChatSettings>(`chats/${chat.id}/settings`);
  if (isError && !data) return <Failed onRetry={() => void refetch()}>{t('failed')}</Failed>;
  if (!data || rights.unknown) return <Skeleton lines={6} />;
  return (
    <>
      <AgentLine agentId={data.agentId.value} />
      <SettingsForm
        layer="chat"
        own={chat.settings}
        said={data}
        reads={!rights.write}
        onSave={(settings) => changeChat(chat, { settings })}
      />
      <WindowLine window={data.window} />
      <InstructionsList
        chat={chat}
        agentId={data.agentId.value}
        instructions={data.instructions}
        writes={rights.write}
      />
    </>
  );
}
