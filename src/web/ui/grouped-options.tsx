import type { ReactNode } from 'react';
import { ListOption, type Option } from './list-option.tsx';

/** An option under a key of its own; those of one group stand together below its name. */
export type KeyedOption = Option & { key: string; group?: string };

type GroupedOptionsProps = {
  /** What the ids of the options begin with; the place in the list follows. */
  id: string;
  options: readonly KeyedOption[];
  /** Where the keys have come to. */
  at: number;
  /** The keys of those that are chosen; missing: the keys choose as they move. */
  chosen?: readonly string[];
  onHover: (place: number) => void;
  onChoose: (key: string) => void;
};

/** The options of a list that a field beside it moves through, by group where they have any. */
export function GroupedOptions({ id, options, at, chosen, onHover, onChoose }: GroupedOptionsProps) {
  const drawn = options.map(({ key, group, ...option }, place) => ({
    group,
    node: (
      <ListOption
        {...option}
        key={key}
        id={`${id}-${place}`}
        active={place === at}
        {...(chosen && { chosen: chosen.includes(key) })}
        onHover={() => onHover(place)}
        onChoose={() => onChoose(key)}
      />
    ),
  }));
  const groups: { name: string | undefined; nodes: ReactNode[] }[] = [];
  for (const { group, node } of drawn) {
    if (groups.length === 0 || groups.at(-1)!.name !== group) groups.push({ name: group, nodes: [] });
    groups.at(-1)!.nodes.push(node);
  }
  return groups.map(({ name, nodes }, place) =>
    name === undefined ? (
      nodes
    ) : (
      // biome-ignore lint/a11y/useSemanticElements: a list of options may hold groups, and no fieldsets
      <div key={name} role="group" aria-labelledby={`${id}-of-${place}`}>
        <div id={`${id}-of-${place}`} role="presentation" className="px-2.5 pt-2 pb-1 text-xs text-muted">
          {name}
        </div>
        {nodes}
      </div>
    ),
  );
}
