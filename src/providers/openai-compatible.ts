import { join } from './base-url.ts';
import type { ServerError } from './failures.ts';
import { listModelsOverHttp } from './list-models.ts';
import { createLoadingProbe } from './loading-probe.ts';
import { createOllamaWindows } from './ollama-windows.ts';
import { createOpenAiReader, type OpenAiFlavour, toOpenAiBody } from './openai-wire.ts';
import type { Provider, ProviderEvent, ProviderOptions } from './provider.ts';
import { streamOverHttp } from './stream-over-http.ts';

type Habits = Pick<OpenAiFlavour, 'maxTokensField'> & { loadsModels: boolean };
const LOCAL_SERVER: Habits = { maxTokensField: 'max_tokens', loadsModels: true };

/** Any server of OpenAI's wire: LM Studio, Ollama, vLLM, llama.cpp, LiteLLM and the like. `baseUrl` ends in `/v1`. */
export function createOpenAiCompatible(options: ProviderOptions, habits = LOCAL_SERVER): Provider {
  if (!options.baseUrl) throw new Error('an openai-compatible endpoint needs a base URL');
  const base = new URL(options.baseUrl);
  const headers: Record<string, string> = options.apiKey ? { authorization: `Bearer ${options.apiKey}` } : {};
  const windows = habits.loadsModels ? createOllamaWindows(base, headers) : undefined;
  const probe = habits.loadsModels ? createLoadingProbe(base, headers) : null;
  const { maxTokensField } = habits;
  // Remembered after a refusal, so that only the first run pays for it.
  let streamOptions = true;
  return {
    async stream(request, emit, signal) {
      let answered = false;
      const tell = (event: ProviderEvent) => {
        if (event.type === 'accepted') answered = true;
        emit(event);
      };
      probe?.begin(request.model, signal, () => {
        if (!answered) emit({ type: 'loading_model' });
      });
      const outcome = await streamOverHttp({
        url: join(base, 'chat/completions'),
        headers,
        body: toOpenAiBody(request, { maxTokensField, streamOptions }),
        model: request.model,
        signal,
        emit: tell,
        reader: createOpenAiReader(request.model, emit),
        bodyWithout(error) {
          if (!streamOptions || !refusesStreamOptions(error)) return null;
          streamOptions = false;
          return toOpenAiBody(request, { maxTokensField, streamOptions });
        },
      });
      if (outcome.ok) probe?.answered(request.model);
      // Refused or broken off: what the probe may still find out is no longer about this run.
      answered = true;
      return outcome;
    },
    listModels: (signal) => listModelsOverHttp(join(base, 'models'), headers, signal, windows),
  };
}

const refusesStreamOptions = (error: ServerError) =>
  (error.status === 400 || error.status === 422) && /stream_options|include_usage/.test(error.message);
