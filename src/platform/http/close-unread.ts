/** Closes the connection of a refused request whose body is still coming, once its sender has had time to hear the answer. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Clock } from '#platform/clock.ts';
import type { App } from './app.ts';
import { drainBody } from './drain-body.ts';

/**
 * Adds the rule to all answers. The whole answer goes out at once, and what still comes in is read away behind it before the
 * connection is closed (lingering close): closed at once it would be reset, and most clients then report the reset instead
 * of the answer. Kept open it would be the sender's to hold, for a body nobody wants.
 */
export function closeUnread(app: App, clock: Clock): void {
  app.addHook('onSend', async ({ raw }, reply, payload) => {
    if (
      reply.statusCode < 400 ||
      !isComing(raw) ||
      !(typeof payload === 'string' || Buffer.isBuffer(payload))
    )
      return payload;
    reply.header('connection', 'close').header('content-length', Buffer.byteLength(payload));
    return Readable.from(withRest(payload, () => drainBody(raw, clock.lingerMs)));
  });
}

async function* withRest(
  payload: string | Buffer,
  rest: () => Promise<void>,
): AsyncGenerator<string | Buffer> {
  yield payload;
  await rest();
}

/** True while there is more of a body to come; of an upgrade nothing is. */
const isComing = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined);
