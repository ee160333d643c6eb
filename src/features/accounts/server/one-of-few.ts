/**
 * Passwords hashed at a time. scrypt runs on Node's four threads and takes 16 MB each, and a sign-up holds a database
 * connection meanwhile: more at once would only take those from everybody else.
 */
const FEW = 4;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs what hashes a password, when it is its turn. */
export async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= FEW) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
