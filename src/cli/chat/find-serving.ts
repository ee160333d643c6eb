import { readAddress } from '#platform/address-file.ts';
import { isProof, newNonce } from '#platform/identity.ts';

const PROBE_MS = 2_000;

/**
 * The address of the Parley that serves a data folder, once it has proved that it is the one that wrote it there. Null when nobody
 * is there, or somebody else: after a kill the address stays, and any program of the machine may listen at it.
 */
export async function findServing(dataDir: string): Promise<string | null> {
  const serving = await readAddress(dataDir);
  if (!serving) return null;
  const nonce = newNonce();
  try {
    const answer = await fetch(`${serving.address}/api/v1/proof?nonce=${nonce}`, {
      redirect: 'error',
      signal: AbortSignal.timeout(PROBE_MS),
    });
    const { proof } = (await answer.json()) as { proof?: unknown };
    const { address, identity } = serving;
    return typeof proof === 'string' && isProof(proof, identity, address, nonce) ? address : null;
  } catch {
    return null;
  }
}
