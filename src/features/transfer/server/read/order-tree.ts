import { say } from '../say.ts';
import { listOf, Refused } from './draft.ts';

type Node = { key: string; parentKey: string | null };

/**
 * The same messages, parents before their children and else in the order given. Refused: a key that is there twice, a parent that is
 * not there, and what goes in a circle.
 */
export function orderTree<T extends Node>(nodes: readonly T[]): T[] {
  const keys = new Set<string>();
  for (const { key } of nodes) {
    if (keys.has(key)) throw new Refused(say('id_twice', { id: shortened(key) }));
    keys.add(key);
  }
  const placed = new Set<string>();
  const waiting = new Map<string, T[]>();
  const ordered: T[] = [];
  for (const node of nodes) {
    const { parentKey } = node;
    if (parentKey !== null && !keys.has(parentKey))
      throw new Refused(say('parent_missing', { id: shortened(parentKey) }));
    if (parentKey !== null && !placed.has(parentKey)) {
      waiting.set(parentKey, [...(waiting.get(parentKey) ?? []), node]);
      continue;
    }
    for (const next = [node]; next.length > 0; ) {
      const one = next.pop()!;
      ordered.push(one);
      placed.add(one.key);
      next.push(...(waiting.get(one.key) ?? []).reverse());
      waiting.delete(one.key);
    }
  }
  if (ordered.length < nodes.length) throw new Refused(say('in_a_circle'));
  return ordered;
}

/** The key of a message's parent as a file gives it, null for none; refused is what can be no key. */
export function parentKeyOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  throw new Refused(say('parent_missing', { id: shortened(String(value)) }));
}

/** The keys of those that answer a message, as a file gives them. */
export const childKeysOf = (value: unknown): string[] =>
  listOf(value).filter((one): one is string => typeof one === 'string');

/** What a file calls something, in a sentence. */
export const shortened = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 60)}…`);
