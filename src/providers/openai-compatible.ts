import { join } from './base-url.ts';
import type { ServerError } from './failures.ts';
import { listModelsOverHttp } from './list-models.ts';
import { createOpenAiReader, type OpenAiFlavour, toOpenAiBody } from './openai-wire.ts';
import type { Provider, ProviderOptions } from './provider.ts';
import { streamOverHttp } from './stream-over-http.ts';

/** Any server of OpenAI's wire: LM Studio, Ollama, vLLM, llama.cpp, LiteLLM and the like. `baseUrl` ends in `/v1`. */
export function createOpenAiCompatible(
  options: ProviderOptions,
  maxTokensField: OpenAiFlavour['maxTokensField'] = 'max_tokens',
): Provider {
  if (!options.baseUrl) throw new Error('an openai-compatible endpoint needs a base URL');
  const base = new URL(options.baseUrl);
  const headers: Record<string, string> = options.apiKey ? { authorization: `Bearer ${options.apiKey}` } : {};
  // Remembered after a refusal, so that only the first run pays for it.
  let streamOptions = true;
  return {
    stream: (request, emit, signal) =>
      streamOverHttp({
        url: join(base, 'chat/completions'),
        headers,
        body: toOpenAiBody(request, { maxTokensField, streamOptions }),
        model: request.model,
        signal,
        emit,
        reader: createOpenAiReader(request.model, emit),
        bodyWithout(error) {
          if (!streamOptions || !refusesStreamOptions(error)) return null;
          streamOptions = false;
          return toOpenAiBody(request, { maxTokensField, streamOptions });
        },
      }),
    listModels: (signal) => listModelsOverHttp(join(base, 'models'), headers, signal),
  };
}

const refusesStreamOptions = (error: ServerError) =>
  (error.status === 400 || error.status === 422) && /stream_options|include_usage/.test(error.message);
