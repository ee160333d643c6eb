/** What messages from other processes may look like: whoever reaches the database or Redis can send anything. */
import type { z } from 'zod';
import { Id } from '#fields';
import type { BusMessage } from './live-bus.ts';

/** By what a topic is called (before its id, if it has one), the shape of its messages. What is not listed is never taken from outside. */
export type Shapes = Readonly<Record<string, z.ZodType<BusMessage>>>;

/** True for a message of a known shape on a topic that there can be. */
export function isOfShape(shapes: Shapes, topic: unknown, message: unknown): message is BusMessage {
  if (typeof topic !== 'string') return false;
  const [kind = '', id, ...more] = topic.split(':');
  if (more.length > 0 || (id !== undefined && !Id.safeParse(id).success)) return false;
  return Object.hasOwn(shapes, kind) && shapes[kind]!.safeParse(message).success;
}

/** The fields of a JSON object; null for anything else. */
export function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
