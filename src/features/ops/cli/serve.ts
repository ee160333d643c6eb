import { defineCommand } from 'citty';
import { startParley } from '#app';
import { loadConfig } from '#config';

export const serve = defineCommand({
  meta: { name: 'serve', description: 'Run Parley: the web page, the API and the workers.' },
  args: {
    port: { type: 'string', description: 'Port to listen on (PORT, 3000)' },
    host: { type: 'string', description: 'Address to listen on (HOST, 127.0.0.1)' },
    data: { type: 'string', description: 'Data folder (DATA_DIR, ./data)' },
    roles: { type: 'string', description: 'What this process does (ROLES, web,worker)' },
  },
  async run({ args }) {
    const config = loadConfig({ PORT: args.port, HOST: args.host, DATA_DIR: args.data, ROLES: args.roles });
    if (!config.databaseUrl) throw new Error('Set DATABASE_URL.');
    const parley = await startParley(config, { url: config.databaseUrl });
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void parley.close().then(() => process.exit(0)));
    console.log(parley.address ? `Parley is ready at ${parley.address}` : 'Parley worker is ready');
  },
});
