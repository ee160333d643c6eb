import type { TreeNode } from '#features/messages/messages.ts';

/** How many messages above the end of the branch that ends in `leafId` a message stands; null: on another one. */
export function distanceAbove(
  nodes: readonly Pick<TreeNode, 'id' | 'parentId'>[],
  messageId: string,
  leafId: string | null,
): number | null {
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  let distance = 0;
  for (let at: string | null | undefined = leafId; at; at = parents.get(at)) {
    if (at === messageId) return distance;
    distance++;
  }
  return null;
}
