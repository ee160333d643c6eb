import type { Parley } from '#app';
import type { Config } from '#config';
import { setUpCode } from '#features/accounts/server/index.ts';
import { isLoopbackHost } from '#platform/http/local-request.ts';

/** Says where the first account is made, as long as there is no admin; warns when that address is open to other machines. */
export async function tellSetUp({ address, services }: Parley, { host, baseUrl }: Config): Promise<void> {
  const code = address && (await setUpCode(services));
  if (!code) return;
  if (!isLoopbackHost(host))
    services.log.warn(
      `HOST is ${host}, so other machines reach this Parley, and it has no admin yet. Set it up at the address below, or with: parley admin create`,
    );
  console.log(`Set up at ${baseUrl ?? address}/sign-up?setup=${code}`);
}
