import type { TextToDraw } from './text-html.ts';

/** What the thread that draws is started with: steps it has begun in all, and which one of its text it is at. */
export type DrawWork = { progress: Int32Array<SharedArrayBuffer> };
/** A text, and its steps that are shown as they are written. */
export type DrawTask = TextToDraw & { plain: ReadonlySet<number> };
/** Between two texts. */
export const IDLE = -1;
