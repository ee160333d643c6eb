/** Reading agents: all that whoever is here may use, one of them, its versions. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Visibility } from '#features/projects/projects.ts';
import { useProject } from '#features/projects/web/index.ts';
import { api } from '#web/api/http.ts';
import type { Agent, AgentVersion } from '../agents.ts';
import { type AnswerPlace, answersIn } from '../rules.ts';
import { AGENTS } from './refresh.ts';

type Listed<T> = { items: T[]; nextCursor: string | null };

/** As many as a server lists at a time, and more pages than anybody has. */
const PAGE = 100;
const MOST_PAGES = 20;

/**
 * All agents that whoever is here may read, archived ones too: cards, choices and the names of who answered are drawn from the
 * one list, newest first.
 */
export const useAgents = () => useQuery({ queryKey: [AGENTS], queryFn: ({ signal }) => readAll(signal) });

async function readAll(signal: AbortSignal): Promise<Agent[]> {
  const all: Agent[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ archived: 'all', limit: String(PAGE), ...(cursor && { cursor }) });
    const read: Listed<Agent> = await api('GET', `/api/v1/agents?${query}`, undefined, signal);
    all.push(...read.items);
    cursor = read.nextCursor;
    if (cursor === null) break;
  }
  return all;
}

/** Where a chat is, or is to be: what is missing of a new one is as its project says. */
export type ChatPlace = { projectId?: string | null; visibility?: Visibility } | null;

/** The place as the rules know it; null until that is known. */
export function usePlace(place: ChatPlace): AnswerPlace | null {
  const projectId = place?.projectId ?? null;
  const given = projectId === null ? 'private' : place?.visibility;
  const { data: project } = useProject(projectId, given === undefined);
  const visibility = given ?? project?.defaultVisibility;
  return useMemo(() => (visibility ? { projectId, visibility } : null), [projectId, visibility]);
}

/**
 * The agents that may answer at a place, the nearest first: of its project, one's own, of other projects, everybody's;
 * undefined until they are known.
 */
export function useAgentsFor(place: ChatPlace): readonly Agent[] | undefined {
  const { data } = useAgents();
  const known = usePlace(place);
  return useMemo(() => {
    if (!data || !known) return;
    const nearness = ({ scope, projectId }: Agent) =>
      scope === 'project' && projectId === known.projectId
        ? 0
        : ['personal', 'project', 'instance'].indexOf(scope) + 1;
    return data
      .filter((agent) => answersIn(agent, known))
      .sort((one, other) => nearness(one) - nearness(other));
  }, [data, known]);
}

/** One agent; null: there is none, or it is not shared with whoever is here. */
export const useAgent = (agentId: string) =>
  useQuery({
    queryKey: [AGENTS, agentId],
    queryFn: ({ signal }) => api<Agent>('GET', `/api/v1/agents/${agentId}`, undefined, signal),
  });

/** Its versions, newest first, page by page. */
export const useAgentVersions = (agentId: string) =>
  useInfiniteQuery({
    queryKey: [AGENTS, agentId, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      api<Listed<AgentVersion>>(
        'GET',
        `/api/v1/agents/${agentId}/versions?limit=20${pageParam ? `&cursor=${pageParam}` : ''}`,
        undefined,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** One of its versions. */
export const useAgentVersion = (agentId: string, version: string) =>
  useQuery({
    queryKey: [AGENTS, agentId, 'version', version],
    queryFn: ({ signal }) => readVersion(agentId, version, signal),
  });

export const readVersion = (
  agentId: string,
  version: string | number,
  signal?: AbortSignal,
): Promise<AgentVersion> =>
  api<AgentVersion>('GET', `/api/v1/agents/${agentId}/versions/${version}`, undefined, signal);
