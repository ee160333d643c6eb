/** The contract between Parley and whatever serves a model. One implementation per wire dialect. */
import type { Sentence } from '#platform/sentences.ts';
import type { FailureCode } from './words.ts';

/** One turn as a provider sees it; text only where the role allows nothing else. */
export type ProviderMessage =
  | { role: 'system' | 'user'; text: string }
  | { role: 'assistant'; text: string; toolCalls?: ProviderToolCall[] }
  | { role: 'tool'; toolCallId: string; text: string };
export type ProviderToolCall = { id: string; name: string; arguments: string };
/** A tool the model may call; `parameters` is a JSON Schema. */
export type ProviderTool = { name: string; description?: string; parameters?: unknown };

export type ProviderRequest = {
  model: string;
  messages: ProviderMessage[];
  temperature?: number;
  maxTokens?: number;
  topP?: number;
  seed?: number;
  stop?: string[];
  /** How hard a model that reasons is to try; dialects without the notion leave it out. */
  reasoningEffort?: string;
  tools?: ProviderTool[];
  /** As OpenAI spells it: `auto`, `none`, `required` or an object naming a function. */
  toolChoice?: unknown;
  /** Passed to the dialects that know it, unread (JSON mode and the like). */
  responseFormat?: unknown;
  /** True for the scripted model to take what it is told as plain text, and to misbehave for nobody. */
  isPlain?: boolean;
};

/** What a provider reports while a reply is being written, in order. */
export type ProviderEvent =
  /** The server took the request (response headers arrived, or it says that it loads the model). */
  | { type: 'accepted' }
  | { type: 'loading_model' }
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** A whole call; dialects that send it in pieces join them first. */
  | { type: 'tool_call'; toolCallId: string; name: string; arguments: string }
  | { type: 'usage'; inputTokens?: number; outputTokens?: number };

export type ProviderFailure = {
  code: FailureCode;
  /** For everybody: what went wrong and, where it is known, what to do. Nothing that the server said itself. */
  sentence: Sentence;
  /** For admins alone: the server’s own words, short and without the key. */
  said?: string;
  /** Whether asking again, unchanged, may well succeed. */
  retryable: boolean;
  /** From `Retry-After`, in milliseconds. */
  retryAfterMs?: number;
  /** The server is there and loads its model. */
  loading?: true;
  /** Something answers at the address, but is not what was asked for: the path is likely wrong. */
  wrongPath?: true;
};

/** How a run ended. `finishReason`: `stop`, `length`, `tool_calls`, `content_filter`, or what the server said. */
export type ProviderOutcome = { ok: true; finishReason: string } | { ok: false; failure: ProviderFailure };

export type ListedModel = {
  name: string;
  contextWindow?: number;
  /** The server says how much it reads at some times only: what it said last still holds. */
  keepsWindow?: boolean;
};

export interface Provider {
  /**
   * Runs a model once. Never throws and never retries; every way to end is in the outcome. `emit` is called
   * synchronously and in order, never after the promise settles. Aborting `signal` closes the upstream socket
   * at once; the outcome is then ignored by the caller.
   */
  stream(
    request: ProviderRequest,
    emit: (event: ProviderEvent) => void,
    signal: AbortSignal,
  ): Promise<ProviderOutcome>;
  /** The models served there. Never throws. */
  listModels(
    signal: AbortSignal,
  ): Promise<{ ok: true; models: ListedModel[] } | { ok: false; failure: ProviderFailure }>;
}

/** What a provider needs to know of its endpoint; `apiKey` in the clear, held only while in use. */
export type ProviderOptions = { baseUrl: string | null; apiKey: string | null };
