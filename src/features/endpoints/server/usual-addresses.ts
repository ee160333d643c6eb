/** What people paste along with an address: single calls, and the dialect that Ollama speaks beside OpenAI's. */
const CALLS =
  /\/(chat\/completions|completions|responses|messages|embeddings|models|api(\/(tags|chat|generate|show|ps))?)$/;
const VERSION = /\/v\d+[a-z]*$/;
/** One that is no model server at all is asked no more often than this. */
const MOST = 6;

/**
 * The addresses at which a model server's API may be meant to be, as it was given first. All have its scheme, host and port, because
 * the key goes where the models are asked for.
 */
export function usualAddresses(given: string): string[] {
  const { origin, pathname } = new URL(given);
  const path = pathname.replace(/\/+$/, '');
  const base = path.replace(CALLS, '');
  const below = (prefix: string) => (VERSION.test(prefix) ? [] : [`${prefix}/v1`, `${prefix}/api/v1`]);
  const paths = [base, ...below(base), ...below(path), ...below('')];
  return [...new Set([given, ...paths.map((each) => origin + each)])].slice(0, MOST);
}
