import type { EndpointKind } from '../endpoints.ts';

/** The servers people usually have, with where they answer. The list only fills the form in. */
export const PRESETS: readonly {
  id: string;
  label: string;
  kind: EndpointKind;
  baseUrl: string;
  name: string;
}[] = [
  {
    id: 'lm-studio',
    label: 'LM Studio',
    kind: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:1234/v1',
    name: 'lm-studio',
  },
  {
    id: 'ollama',
    label: 'Ollama',
    kind: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:11434/v1',
    name: 'ollama',
  },
  { id: 'vllm', label: 'vLLM', kind: 'openai-compatible', baseUrl: 'http://127.0.0.1:8000/v1', name: 'vllm' },
  {
    id: 'llama-cpp',
    label: 'llama.cpp',
    kind: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:8080/v1',
    name: 'llama-cpp',
  },
  { id: 'openai', label: 'OpenAI', kind: 'openai', baseUrl: 'https://api.openai.com/v1', name: 'openai' },
  {
    id: 'anthropic',
    label: 'Anthropic',
    kind: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    name: 'anthropic',
  },
];
