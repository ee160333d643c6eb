/** The floor: what the least possible relay costs. `http.request(…).pipe(response)` and nothing else. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const [upstream] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((request, response) => {
  const outgoing = http.request(`${upstream}${request.url}`, {
    agent,
    method: request.method!,
    headers: { 'content-type': 'application/json' },
  });
  outgoing.once('response', (incoming) => {
    response.writeHead(incoming.statusCode!, { 'content-type': incoming.headers['content-type'] });
    incoming.pipe(response);
  });
  outgoing.once('error', () => response.destroy());
  response.once('close', () => outgoing.destroy());
  request.pipe(outgoing);
});
server.keepAliveTimeout = 60_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.once('disconnect', () => process.exit());
