type Node = { key: string; parentKey: string | null; children: string[] };

/** Nodes in the order in which their parents name them, where parents do; a parent names what is said to hang on it, and no more. */
export function sortSiblings<T extends Node>(nodes: readonly T[]): T[] {
  const place = new Map<string, number>();
  const parents = new Map(nodes.map((node) => [node.key, node]));
  for (const node of nodes)
    for (const [at, child] of node.children.entries())
      if (parents.get(child)?.parentKey === node.key && !place.has(child)) place.set(child, at);
  const byParent = new Map<string | null, T[]>();
  for (const node of nodes) byParent.set(node.parentKey, [...(byParent.get(node.parentKey) ?? []), node]);
  const sorted = new Map<string | null, T[]>();
  for (const [parent, siblings] of byParent)
    sorted.set(
      parent,
      siblings.toSorted(
        (one, other) => (place.get(one.key) ?? Infinity) - (place.get(other.key) ?? Infinity) || 0,
      ),
    );
  // Each in the place of the sibling that stood there, so that all else stays as it was.
  const next = new Map<string | null, number>();
  return nodes.map(({ parentKey }) => {
    const at = next.get(parentKey) ?? 0;
    next.set(parentKey, at + 1);
    return sorted.get(parentKey)![at]!;
  });
}
