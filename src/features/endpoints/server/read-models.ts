import type { ListedModel, Provider, ProviderFailure } from '#providers/provider.ts';
import { say } from '#providers/say.ts';

/** Long enough for a busy local server, short enough for somebody who waits at the form. */
export const READ_MODELS_MS = 5_000;

export type ModelsRead = { ok: true; models: ListedModel[] } | { ok: false; failure: ProviderFailure };

/** Asks an endpoint for its models, for at most `timeoutMs` and until `stop`. */
export async function readModels(
  provider: Provider,
  timeoutMs: number,
  stop?: AbortSignal,
): Promise<ModelsRead> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const read = await provider.listModels(stop ? AbortSignal.any([stop, timeout]) : timeout);
  if (read.ok || !timeout.aborted) return read;
  return {
    ok: false,
    failure: {
      code: 'endpoint_unreachable',
      sentence: say('server_no_answer', { seconds: timeoutMs / 1000 }),
      retryable: true,
    },
  };
}
