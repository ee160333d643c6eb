import type { Services } from '#platform/services.ts';

/** The key of an endpoint as its row holds it: sealed for that row alone, so that in another one's it opens nothing. */
export const sealKey = ({ secrets }: Pick<Services, 'secrets'>, endpointId: string, apiKey: string): string =>
  secrets.encrypt(apiKey, ownerOf(endpointId));

/** The key, or null where there is none. Throws for one that was sealed under another secret or for another endpoint. */
export const openKey = (
  { secrets }: Pick<Services, 'secrets'>,
  endpointId: string,
  sealed: string | null,
): string | null => (sealed === null ? null : secrets.decrypt(sealed, ownerOf(endpointId)));

const ownerOf = (endpointId: string): string => `endpoint ${endpointId}`;
