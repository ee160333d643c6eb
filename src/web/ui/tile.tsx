import type { ReactNode } from 'react';
import { cx } from './classes.ts';

/** The mark of a thing on a tile, beside its name; `draw` is told how large, in pixels. */
export function Tile({ large = false, draw }: { large?: boolean; draw: (size: number) => ReactNode }) {
  return (
    <span
      className={cx(
        'grid shrink-0 place-items-center rounded-medium bg-accent-soft text-accent',
        large ? 'size-11' : 'size-9',
      )}
    >
      {draw(large ? 20 : 18)}
    </span>
  );
}
