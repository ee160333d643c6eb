/** The longest time a timer of a browser can be set for: a longer one would end at once. */
const LONGEST_MS = 2 ** 31 - 1;
/** Clocks and timers differ a little. */
const SLACK_MS = 50;

/** Calls back when that time has come (ms since 1970), however far away it is; gives what calls it off. */
export function atTime(time: number, then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const left = time - Date.now();
    if (left <= 0) then();
    else timer = setTimeout(look, Math.min(left + SLACK_MS, LONGEST_MS));
  };
  look();
  return () => clearTimeout(timer);
}
