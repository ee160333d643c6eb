import type { PriorityClass } from '#features/generations/generations.ts';

export type PriorityClassName = PriorityClass;
/** Most urgent first; the type keeps it equal to the schema, which stays out of the page. */
export const PRIORITY_CLASSES = Object.keys({
  interactive: true,
  batch: true,
  background: true,
} satisfies Record<PriorityClass, true>) as PriorityClass[];
