import { useAgents } from '#features/agents/web/index.ts';
import { useTagsLike } from '#features/chats/web/index.ts';
import { useModels } from '#features/endpoints/web/index.ts';
import { useRecentProjects } from '#features/projects/web/index.ts';
import type { FilterName } from '../rules.ts';
import { openFilter } from './suggest-filters.ts';
import { type FilterValue, isWhole, type Known, toValues } from './to-values.ts';

/** The tags, projects, agents or models that a filter at the end of what is typed may name; `whole`: it names one already. */
export function useFilterValues(
  typed: string,
): { kind: FilterName; values: FilterValue[]; whole: boolean } | null {
  const open = openFilter(typed);
  const tags = useTagsLike(open?.value.trim() ?? '', open?.name === 'tag');
  const { data: projects } = useRecentProjects();
  const { data: agents } = useAgents();
  const { data: models } = useModels();
  if (!open) return null;
  const known: Partial<Record<FilterName, readonly Known[] | undefined>> = {
    tag: tags,
    project: projects,
    agent: agents,
    model: models?.map(({ id }) => ({ name: id })),
  };
  const all = known[open.name] ?? [];
  return { kind: open.name, values: toValues(open, all), whole: isWhole(open, all) };
}
