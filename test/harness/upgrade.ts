import { WebSocket } from 'ws';
import type { Person } from './accounts.ts';

/** The status with which somebody's WebSocket is answered; 101 when it was let in. */
export function upgrade(url: string, person: Person, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws') + path, {
      headers: person.headers ?? { cookie: person.cookie },
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('error', reject);
  });
}
