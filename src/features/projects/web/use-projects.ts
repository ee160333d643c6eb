/** Reading projects: pages of the list, who is in one, who is invited. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Invite, Member, Project } from '../projects.ts';
import { keys } from './project-cache.ts';

type Listed<T> = { items: T[]; nextCursor: string | null };

/** Cards on one page of the list. */
const PAGE = 24;
/** Projects of whoever is here that can be named in a place without pages; a server lists no more at a time. */
const MOST = 100;

const listAddress = (filter: Record<string, string | null>): string => {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/api/v1/projects?${new URLSearchParams(given)}`;
};

/** The projects of whoever is here, newest activity first. */
export function useProjects({ archived, words }: { archived: boolean; words: string }) {
  return useInfiniteQuery({
    queryKey: [...keys.lists, archived, words],
    queryFn: ({ pageParam, signal }) =>
      api<Listed<Project>>(
        'GET',
        listAddress({
          limit: String(PAGE),
          archived: String(archived),
          q: words || null,
          cursor: pageParam,
        }),
        undefined,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
}

/** Those that were active last, in one answer. */
export function useRecentProjects() {
  return useQuery({
    queryKey: [...keys.lists, 'recent'],
    queryFn: async ({ signal }) => {
      const address = listAddress({ limit: String(MOST) });
      const { items } = await api<Listed<Project>>('GET', address, undefined, signal);
      for (const project of items) queryClient.setQueryData(keys.project(project.id), project);
      return items;
    },
  });
}

/** Everybody in a project, owners first. */
export function useMembers(projectId: string, enabled = true) {
  return useQuery({
    queryKey: keys.members(projectId),
    queryFn: async ({ signal }) =>
      (await api<Listed<Member>>('GET', `/api/v1/projects/${projectId}/members`, undefined, signal)).items,
    enabled,
  });
}

/** The links by which one can still come in. For owners. */
export function useInvites(projectId: string) {
  return useQuery({
    queryKey: keys.invites(projectId),
    queryFn: async ({ signal }) =>
      (await api<Listed<Invite>>('GET', `/api/v1/projects/${projectId}/invites`, undefined, signal)).items,
  });
}
