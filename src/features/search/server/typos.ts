/** Tells whether a title has the words that were asked for, perhaps misspelt. */
import { wordsOf } from './read-question.ts';

/** Longer ones are compared by their beginning. */
const LONGEST = 40;

/** How many letters of a word may be wrong. */
const mayDiffer = (length: number): number => {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
};

/** How many letters are wrong in all, or null when one of the words is not there at all. */
export function countTypos(words: readonly string[], title: string): number | null {
  const there = wordsOf(title);
  let typos = 0;
  for (const word of words) {
    const least = Math.min(...there.map((one) => distanceToBeginning(word, one)));
    if (least > mayDiffer(word.length)) return null;
    typos += least;
  }
  return typos;
}

/**
 * The fewest letters to insert, remove, change or swap with their neighbour that make of `word` a beginning of `other` (optimal
 * string alignment distance), so that endings do not count.
 */
export function distanceToBeginning(word: string, other: string): number {
  const a = word.slice(0, LONGEST);
  const b = other.slice(0, LONGEST);
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, beforeLast[column - 2]! + 1);
      next.push(least);
    }
    beforeLast = last;
    last = next;
  }
  return Math.min(...last);
}
