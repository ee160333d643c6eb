import { useQuery } from '@tanstack/react-query';
import { api } from '#web/api/http.ts';
import type { Project } from '../projects.ts';
import { keys } from './project-cache.ts';

/** One project; null once it is gone for whoever is here. Not `enabled`: only if something else has read it. */
export function useProject(projectId: string | null, enabled = true) {
  return useQuery({
    queryKey: keys.project(projectId ?? ''),
    queryFn: ({ signal }) =>
      api<Project>('GET', `/api/v1/projects/${projectId}`, undefined, signal) as Promise<Project | null>,
    enabled: enabled && projectId !== null,
  });
}
