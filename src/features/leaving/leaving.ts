/** What server and page share about leaving for good. */
import { z } from 'zod';

/** Body of `DELETE /api/v1/me`: an account gives its password; who has none, a guest say, says `confirm`. */
export const Leave = z.object({ password: z.string().max(128).optional(), confirm: z.boolean().optional() });
export type Leave = z.infer<typeof Leave>;
