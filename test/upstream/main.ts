/**
 * The scripted upstream as a process of its own: `node test/upstream/main.ts --port 9000`. Prints its address, and
 * answers `GET /requests` on the next line's address with what it has seen.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { startUpstream } from './start-upstream.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const upstream = await startUpstream({ port: Number(values.port) });
const control = createServer((_request, response) => response.end(JSON.stringify(upstream.requests)));
control.listen(0, '127.0.0.1', () => {
  console.log(`upstream is ready at ${upstream.url}`);
  console.log(`its requests are at http://127.0.0.1:${(control.address() as AddressInfo).port}/requests`);
});
const stop = async () => {
  control.close();
  await upstream.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
