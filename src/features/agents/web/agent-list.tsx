import type { Agent } from '../agents.ts';
import { AgentCard, CARD_GRID } from './agent-card.tsx';

type AgentListProps = {
  /** What these have in common; without it the page says so already. */
  title?: string;
  agents: readonly Agent[];
};

/** Agents as cards; nothing where there are none. */
export function AgentList({ title, agents }: AgentListProps) {
  if (agents.length === 0) return null;
  const cards = (
    <ul className={CARD_GRID}>
      {agents.map((agent) => (
        <AgentCard key={agent.id} agent={agent} Name={title === undefined ? 'h2' : 'h3'} />
      ))}
    </ul>
  );
  if (title === undefined) return cards;
  return (
    <section aria-label={title} className="mt-8">
      <h2 className="text-base font-semibold tracking-tight">{title}</h2>
      {cards}
    </section>
  );
}
