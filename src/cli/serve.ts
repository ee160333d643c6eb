/** `parley serve`: runs until it is told to stop, then ends everything in order. */
import { loadConfig } from '#config';
import { REAL_CLOCK } from '#platform/clock.ts';
import { command } from '#terminal/command.ts';
import type { Speech } from './speech.ts';

export const serve = (speech: Speech) =>
  command(speech.words, {
    name: 'serve',
    description: speech.words('about_serve'),
    args: {
      port: { type: 'string', description: speech.words('flag_port') },
      host: { type: 'string', description: speech.words('flag_host') },
      data: { type: 'string', description: speech.words('flag_data') },
      roles: { type: 'string', description: speech.words('flag_roles') },
    },
    async run({ port, host, data, roles }) {
      const config = loadConfig({ PORT: port, HOST: host, DATA_DIR: data, ROLES: roles });
      // The server is loaded only here, so that who asks what can be given need not wait for it.
      const { runServer } = await import('./run-server.ts');
      await runServer(config, REAL_CLOCK, speech);
    },
  });
