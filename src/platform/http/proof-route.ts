/** `GET /api/v1/proof`: shows commands on the same data folder that it is this process they speak to. */
import { z } from 'zod';
import { prove } from '#platform/identity.ts';
import type { Services } from '#platform/services.ts';
import type { App } from './app.ts';
import { localAddressOf } from './own-address.ts';

/** Public: who asks learns nothing but a hash that fits their own challenge and this address alone. */
export function addProofRoute(app: App, { config, identity }: Services): void {
  app.get(
    '/api/v1/proof',
    {
      config: { access: 'public', quiet: true },
      schema: {
        tags: ['About'],
        summary: 'Proves to a command on the same data folder that this is the Parley that serves it',
        querystring: z.strictObject({ nonce: z.string().min(1).max(100) }),
        response: { 200: z.object({ proof: z.string() }) },
      },
    },
    async ({ query: { nonce } }) => ({ proof: prove(identity, localAddressOf(app, config), nonce) }),
  );
}
