import type { TreeNode } from '#features/messages/messages.ts';

/** Whether a message stands on the branch that ends in `leafId`. */
export function isAbove(
  nodes: readonly Pick<TreeNode, 'id' | 'parentId'>[],
  messageId: string,
  leafId: string | null,
): boolean {
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  for (let at: string | null | undefined = leafId; at; at = parents.get(at))
    if (at === messageId) return true;
  return false;
}
