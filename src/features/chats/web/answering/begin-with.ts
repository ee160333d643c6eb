import type { Agent } from '#features/agents/agents.ts';
import { NEW_CHAT } from '../drafts.ts';
import { pendingKey, setPending } from '../next-model.ts';
import { chooseAgent } from './who-answers.ts';

/** Has the chat that begins at `place` led by an agent or by none; what was chosen as its model before is let go. */
export function beginWith(agent: Agent | null, place: { projectId?: string | null } | null): void {
  setPending(pendingKey(null, place));
  chooseAgent(NEW_CHAT, agent);
}
