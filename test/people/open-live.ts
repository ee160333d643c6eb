/** A live connection of somebody's, to see it end. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Person } from '#test/harness/accounts.ts';

/** Opens it; `closed` resolves when the server has ended it. */
export async function openLive(url: string, { cookie }: Person): Promise<{ closed: Promise<unknown> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, { headers: { cookie } });
  await once(socket, 'open');
  return { closed: once(socket, 'close') };
}
