import { queryClient } from '#web/api/query-client.ts';

/** What is kept in the query cache of agents begins with this. */
export const AGENTS = 'agents';

/** Reads again what is shown of agents: one is new, has changed, or is somebody else's by now. */
export const refreshAgents = (): void => void queryClient.invalidateQueries({ queryKey: [AGENTS] });
