import { agentWords } from '#features/agents/web/index.ts';
import { FetchedPart, type Part } from '#web/i18n/fetched-part.tsx';
import type { InChatProps } from './in-chat.tsx';

const IN_CHAT: Part<InChatProps> = { fetch: () => import('./in-chat.tsx'), words: [agentWords] };

/** What a chat shows of agents, with its words: by this way the first load names neither. */
export default function Worded(props: InChatProps) {
  return <FetchedPart part={IN_CHAT} give={props} />;
}
