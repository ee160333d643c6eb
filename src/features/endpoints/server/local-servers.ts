import { createProvider } from '#providers/create-provider.ts';
import type { ListedModel } from '#providers/provider.ts';
import { readModels } from './read-models.ts';

/** Where local model servers listen unless told otherwise. */
export const USUAL_PLACES = [
  { name: 'lm-studio', port: 1234 },
  { name: 'ollama', port: 11434 },
  { name: 'vllm', port: 8000 },
  { name: 'llama-cpp', port: 8080 },
];
/** A server on this machine answers much sooner; a start must not wait for one that hangs. */
const PROBE_MS = 300;

export type LocalServer = { name: string; baseUrl: string; models: ListedModel[] };

/** The model servers that answer on this machine, all asked at once. */
export async function findLocalServers(places: typeof USUAL_PLACES): Promise<LocalServer[]> {
  const answers = await Promise.all(
    places.map(async ({ name, port }) => {
      const baseUrl = `http://127.0.0.1:${port}/v1`;
      const read = await readModels(createProvider('openai-compatible', { baseUrl, apiKey: null }), PROBE_MS);
      return read.ok ? { name, baseUrl, models: read.models } : null;
    }),
  );
  return answers.filter((answer) => answer !== null);
}
