/**
 * Ollama and LM Studio load a model when it is first asked for, and say nothing meanwhile. Both tell elsewhere which
 * models they have in memory; asked in the moment a run begins, that is how a load is told from slow thinking.
 */
import { parseBounded } from '#platform/bounded-json.ts';
import { sendOutbound } from '#platform/outbound/outbound-request.ts';
import { join } from './base-url.ts';

/** Both keep a model for five minutes or longer after its last use. */
const STAYS_LOADED_MS = 240_000;
/** Later, the answer would be about the load that the run itself began. */
const PROBE_MS = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;

export type LoadingProbe = {
  /** Calls `onCold` when the server does not have the model in memory; never throws, never waits for long. */
  begin(model: string, signal: AbortSignal, onCold: () => void): void;
  /** The model has answered, so it is in memory. */
  answered(model: string): void;
};

type Family = 'ollama' | 'lm-studio' | 'other';
type Listed = { id?: unknown; name?: unknown; model?: unknown; state?: unknown; owned_by?: unknown };

/** A probe for one endpoint. Servers that are neither are asked nothing beyond their model list, once. */
export function createLoadingProbe(base: URL, headers: Record<string, string>): LoadingProbe {
  const answeredAt = new Map<string, number>();
  let family: Family | null = null;

  async function read(url: URL, signal: AbortSignal): Promise<Record<string, unknown>> {
    const response = await sendOutbound({ url, method: 'GET', headers, signal });
    return parseBounded(await response.text(MAX_BYTES));
  }
  async function isCold(model: string, signal: AbortSignal): Promise<boolean> {
    family ??= familyOf(entries((await read(join(base, 'models'), signal)).data));
    if (family === 'other') return false;
    const root = new URL(base);
    root.pathname = root.pathname.replace(/\/v1\/*$/, '');
    if (family === 'ollama') {
      const running = entries((await read(join(root, 'api/ps'), signal)).models);
      return !running.some(({ name }) => name === model || name === `${model}:latest`);
    }
    const known = entries((await read(join(root, 'api/v0/models'), signal)).data);
    const found = known.find(({ id }) => id === model);
    return found !== undefined && found.state !== 'loaded';
  }

  return {
    begin(model, signal, onCold) {
      if (family === 'other' || performance.now() - (answeredAt.get(model) ?? -Infinity) < STAYS_LOADED_MS)
        return;
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]);
      isCold(model, bounded).then(
        (cold) => {
          if (cold && !bounded.aborted) onCold();
        },
        // Whatever is wrong there, the run itself will tell.
        () => {},
      );
    },
    answered: (model) => void answeredAt.set(model, performance.now()),
  };
}

const entries = (value: unknown): Listed[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];

function familyOf(models: Listed[]): Family {
  if (models.some((model) => model.owned_by === 'library')) return 'ollama';
  if (models.some((model) => model.owned_by === 'organization_owner')) return 'lm-studio';
  return 'other';
}
