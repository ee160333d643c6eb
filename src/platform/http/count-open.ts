/** Counts what one user has open at this process, so that nobody's mistake or attack holds all there can be. */

export type OpenCount = {
  /** Takes a place; returns how to give it back, or null when the user has as many as may be. */
  enter(userId: string): (() => void) | null;
  hasRoom(userId: string): boolean;
};

/** Begins counting up to `most` of each user. */
export function countOpen(most: number): OpenCount {
  const open = new Map<string, number>();
  const hasRoom = (userId: string) => (open.get(userId) ?? 0) < most;
  return {
    hasRoom,
    enter(userId) {
      if (!hasRoom(userId)) return null;
      open.set(userId, (open.get(userId) ?? 0) + 1);
      let inside = true;
      return () => {
        if (!inside) return;
        inside = false;
        const left = open.get(userId)! - 1;
        if (left > 0) open.set(userId, left);
        else open.delete(userId);
      };
    },
  };
}
