/** Pieces of a message of a kind that is not known here: they are taken aside with their places, and go back there. */
import type { Part } from '#features/messages/messages.ts';
import { RecordPart } from '../record.ts';

type Piece = { type: string } & Record<string, unknown>;
/** A piece, and where it stood. */
export type Aside = { at: number; part: Record<string, unknown> };

/** The pieces that a message can have here, and those it cannot. */
export function partsAside(content: readonly Piece[]): { content: Part[]; aside: Aside[] } {
  const aside = content.flatMap((part, at) => (RecordPart.safeParse(part).success ? [] : [{ at, part }]));
  const places = new Set(aside.map(({ at }) => at));
  return { content: content.filter((_part, at) => !places.has(at)) as Part[], aside };
}

/** All of them, each in its place. */
export function partsBack(content: readonly object[], aside: readonly Aside[] = []): Piece[] {
  const all = [...content];
  for (const { at, part } of aside) all.splice(at, 0, part);
  return all as Piece[];
}
