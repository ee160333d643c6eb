import { parseBounded } from '#platform/bounded-json.ts';
import { sendOutbound } from '#platform/outbound/outbound-request.ts';
import { cleanWhole } from './clean-text.ts';
import { badStream, failureOfFault, failureOfServerError, isLoading, type ServerError } from './failures.ts';
import type { OllamaWindows } from './ollama-windows.ts';
import type { ListedModel, Provider, ProviderFailure } from './provider.ts';
import { say } from './say.ts';
import { readErrorAnswer } from './stream-over-http.ts';

const MAX_LIST_BYTES = 8 * 1024 * 1024;
const MAX_MODELS = 2_000;
const MAX_NAME = 300;
/** How servers say that they have nothing at this path, or nothing that is only read; beside those that point elsewhere. */
const NOTHING_HERE = [400, 404, 405, 410, 501];

/** Reads `{data: [{id, …}]}`, the model list of both wires; `ollama` is asked what Ollama's list leaves out. Never throws. */
export async function listModelsOverHttp(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
  ollama?: OllamaWindows,
): ReturnType<Provider['listModels']> {
  try {
    const response = await sendOutbound({ url, method: 'GET', headers, signal });
    if (response.status !== 200) {
      return { ok: false, failure: failureOfAnswer(response.status, await readErrorAnswer(response)) };
    }
    const list = readList(await response.text(MAX_LIST_BYTES));
    return list
      ? { ok: true, models: list.isOllama && ollama ? await ollama(list.models, signal) : list.models }
      : {
          ok: false,
          failure: { ...badStream(say('list_unreadable')), wrongPath: true },
        };
  } catch (error) {
    return { ok: false, failure: failureOfFault(error) };
  }
}

function failureOfAnswer(status: number, error: ServerError): ProviderFailure {
  const failure = failureOfServerError(error, null);
  if (isLoading(error)) return { ...failure, loading: true };
  if (failure.code !== 'endpoint_error') return failure;
  if (NOTHING_HERE.includes(status))
    return { ...failure, sentence: say('list_not_here', { status }), wrongPath: true };
  return status >= 300 && status < 400 ? { ...failure, wrongPath: true } : failure;
}

type Listed = Record<string, unknown>;

function readList(text: string): { models: ListedModel[]; isOllama: boolean } | null {
  let body: { data?: unknown } | null;
  try {
    body = parseBounded(text);
  } catch {
    return null;
  }
  // Ollama without models answers `{data: null}`.
  const data = body?.data === null ? [] : body?.data;
  if (!Array.isArray(data)) return null;
  const models = new Map<string, ListedModel>();
  for (const entry of data.slice(0, MAX_MODELS) as Listed[]) {
    const name = typeof entry?.id === 'string' ? cleanWhole(entry.id) : '';
    if (name === '' || name.length > MAX_NAME || /[\p{Cc}]/u.test(name)) continue;
    const contextWindow = readContextWindow(entry);
    models.set(name, { name, ...(contextWindow !== undefined && { contextWindow }) });
  }
  const isOllama = (data as Listed[])[0]?.owned_by === 'library';
  return { models: [...models.values()], isOllama };
}

/** vLLM, LM Studio, OpenRouter and llama.cpp each have their own word for it. */
function readContextWindow(entry: Listed): number | undefined {
  const meta = entry.meta as Listed | undefined;
  const found = [
    entry.max_model_len,
    entry.loaded_context_length,
    entry.max_context_length,
    entry.context_length,
    entry.context_window,
    entry.max_input_tokens,
    meta?.n_ctx,
    meta?.n_ctx_train,
  ].find((value) => typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e9);
  return found as number | undefined;
}
