/** The tree of a chat as rows of a list. Pure. */
import type { TreeNode } from '#features/messages/messages.ts';

/** `level`: how many times the way to it has forked, from 1; `place`: which of its siblings it is, from 1. */
export type TreeRow = { node: TreeNode; level: number; place: number; siblings: number; shown: boolean };

/** Every message below the one it follows; what is the only one to follow stands on the same level. `leafId` ends the shown branch. */
export function toRows(nodes: readonly TreeNode[], leafId: string | null): TreeRow[] {
  const children = new Map<string | null, TreeNode[]>();
  for (const node of nodes) {
    const known = children.get(node.parentId);
    if (known) known.push(node);
    else children.set(node.parentId, [node]);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const shown = new Set<string>();
  for (let at = leafId === null ? undefined : byId.get(leafId); at; at = byId.get(at.parentId ?? ''))
    shown.add(at.id);
  const rows: TreeRow[] = [];
  // A stack, not recursion: chats are thousands of messages deep.
  const waiting: { parentId: string | null; level: number; next: number }[] = [
    { parentId: null, level: 1, next: 0 },
  ];
  while (waiting.length > 0) {
    const { parentId, level, next } = waiting.pop()!;
    const siblings = children.get(parentId) ?? [];
    const node = siblings[next];
    if (!node) continue;
    const own = siblings.length > 1 && parentId !== null ? level + 1 : level;
    rows.push({ node, level: own, place: next + 1, siblings: siblings.length, shown: shown.has(node.id) });
    waiting.push({ parentId, level, next: next + 1 }, { parentId: node.id, level: own, next: 0 });
  }
  return rows;
}
