/**
 * How much Ollama reads of what it is sent: its model list does not say, and what is too long it cuts without a word. While a model
 * is in memory it tells the length that it was loaded with; before that only a `num_ctx` of the model's own is certain, because
 * what a model could read is mostly more than what the server gives it room for.
 */
import { parseBounded } from '#platform/bounded-json.ts';
import { sendOutbound } from '#platform/outbound/outbound-request.ts';
import { join } from './base-url.ts';
import type { ListedModel } from './provider.ts';

/** Models whose details are asked for in one reading of the list; the others follow in the next ones. */
const MOST_ASKED = 20;
const MAX_BYTES = 4 * 1024 * 1024;

type Answer = Record<string, unknown>;
/** Adds to Ollama's models what it says elsewhere about their windows. Where it fails, the list is as good as it was. */
export type OllamaWindows = (models: ListedModel[], signal: AbortSignal) => Promise<ListedModel[]>;

/** For one endpoint, whose base URL ends in `/v1`. Remembers what models say of themselves, which does not change. */
export function createOllamaWindows(base: URL, headers: Record<string, string>): OllamaWindows {
  const root = new URL(base);
  root.pathname = root.pathname.replace(/\/v1\/*$/, '');
  const ownWindows = new Map<string, number | null>();

  async function ask(path: string, signal: AbortSignal, body?: object): Promise<Answer> {
    const url = join(root, path);
    const response = await sendOutbound(
      body
        ? {
            url,
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
            signal,
          }
        : { url, method: 'GET', headers, signal },
    );
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    return parseBounded(await response.text(MAX_BYTES));
  }

  async function loadedWindows(signal: AbortSignal): Promise<Map<string, number>> {
    const { models } = await ask('api/ps', signal);
    const running = Array.isArray(models) ? (models as Answer[]) : [];
    return new Map(
      running.flatMap((entry) => {
        const tokens = asWindow(entry?.context_length);
        return typeof entry?.name === 'string' && tokens ? [[entry.name, tokens]] : [];
      }),
    );
  }

  return async (models, signal) => {
    try {
      const loaded = await loadedWindows(signal);
      const unknown = models.filter(({ name }) => !ownWindows.has(name)).slice(0, MOST_ASKED);
      for (const { name } of unknown)
        ownWindows.set(name, numCtxOf(await ask('api/show', signal, { model: name })));
      return models.map((model) => {
        const contextWindow =
          loaded.get(model.name) ?? loaded.get(`${model.name}:latest`) ?? ownWindows.get(model.name);
        return contextWindow ? { ...model, contextWindow } : { ...model, keepsWindow: true };
      });
    } catch {
      return models.map((model) => ({ ...model, keepsWindow: true }));
    }
  };
}

/** `num_ctx` in the parameters that a model was made with: lines of a name and a value. */
function numCtxOf({ parameters }: Answer): number | null {
  if (typeof parameters !== 'string') return null;
  const line = parameters.split('\n').find((each) => each.startsWith('num_ctx '));
  return asWindow(Number(line?.slice('num_ctx '.length).trim())) ?? null;
}

const asWindow = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e9 ? value : undefined;
