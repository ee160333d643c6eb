/** What the log of admins' acts is told of an endpoint: all that was said but its key, of which only that there is one. */
export function told<
  Said extends { apiKey?: string | null | undefined; baseUrl?: string | null | undefined },
>(said: Said): Record<string, unknown> {
  const { apiKey, ...rest } = said;
  if (apiKey === undefined) return rest;
  return { ...rest, apiKey: apiKey ? 'set' : 'removed' };
}
