/** Rules about endpoints that server and page share. */

/** True when two addresses lead to the same scheme, host and port: what the one is told, the other may know. */
export const isSameServer = (one: string | null, other: string): boolean =>
  one === other ||
  (one !== null && URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin);

/** True when two spellings of an address differ in what Parley drops alone: space around it, and slashes at its end. */
export const isSameAddress = (kept: string, typed: string): boolean =>
  kept === typed.trim().replace(/\/+$/, '');
