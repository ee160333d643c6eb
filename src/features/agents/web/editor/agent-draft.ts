/** What is being changed about agents and not saved yet, by the agent's id. It waits in this tab when its page is left. */
import { create } from 'zustand';
import { PARAMETER_NAMES } from '#features/settings/rules.ts';
import type { AgentContent } from '../../agents.ts';
import type { AgentOwner } from '../agent-calls.ts';

/** An agent that is not there yet has this for an id, and an owner that may still be chosen. */
export const NEW = 'new';

type AgentDraft = {
  content: AgentContent;
  /** The version that it began with. */
  base: number;
  owner?: AgentOwner;
};

const useDrafts = create<Record<string, AgentDraft | undefined>>(() => ({}));

/** The draft of one agent; undefined while it is as it was saved. */
export const useAgentDraft = (agentId: string): AgentDraft | undefined =>
  useDrafts((drafts) => drafts[agentId]);

export const keepAgentDraft = (agentId: string, draft: AgentDraft | undefined): void =>
  useDrafts.setState({ [agentId]: draft });

export const EMPTY: AgentContent = {
  name: '',
  description: '',
  icon: 'bot',
  modelId: null,
  parameters: {},
  instructions: '',
  tools: [],
  starters: [],
};

/** What an agent or one of its versions says. */
export function contentOf(agent: AgentContent): AgentContent {
  const { name, description, icon, modelId, parameters, instructions, tools, starters } = agent;
  return { name, description, icon, modelId, parameters, instructions, tools, starters };
}

/** What is saved: without blank starters and spaces around words. */
export const tidied = (content: AgentContent): AgentContent => ({
  ...content,
  name: content.name.trim(),
  starters: content.starters.map((starter) => starter.trim()).filter(Boolean),
});

/** Whether two say the same, in whatever order their parameters stand. */
export const isSame = (one: AgentContent, other: AgentContent): boolean => inOrder(one) === inOrder(other);

const inOrder = (content: AgentContent): string =>
  JSON.stringify({
    ...contentOf(content),
    parameters: PARAMETER_NAMES.map((name) => content.parameters[name] ?? null),
  });
