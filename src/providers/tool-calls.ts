/** Joins tool calls that a server sends in pieces. */
import type { ProviderEvent } from './provider.ts';

/** Same caps as for a reply: what comes beyond them is dropped. */
const MAX_CALLS = 128;
const MAX_ARGUMENTS = 1024 * 1024;
/** Of all calls together: what a reply may hold. */
const MAX_TOGETHER = 8 * 1024 * 1024;

type Pieces = { id: string; name: string; arguments: string };
type OpenAiPiece = {
  index?: unknown;
  id?: unknown;
  function?: { name?: unknown; arguments?: unknown } | null;
};

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

export type ToolCallJoiner = {
  /** Begins or continues the call with this key. */
  add(key: unknown, piece: Partial<Pieces>): void;
  /** The `tool_calls` of one delta. A piece without an index begins a new call when it has an id. */
  addOpenAi(pieces: OpenAiPiece[]): void;
  any(): boolean;
  /** Emits every call once; later pieces of them are ignored. */
  flush(emit: (event: ProviderEvent) => void): void;
};

export function createToolCallJoiner(): ToolCallJoiner {
  const calls = new Map<unknown, Pieces>();
  let flushed = false;
  let latest: unknown = 0;
  let together = 0;
  const joiner: ToolCallJoiner = {
    add(key, piece) {
      if (flushed) return;
      let call = calls.get(key);
      if (!call) {
        if (calls.size >= MAX_CALLS) return;
        call = { id: '', name: '', arguments: '' };
        calls.set(key, call);
      }
      call.id ||= piece.id ?? '';
      call.name ||= piece.name ?? '';
      const { arguments: more = '' } = piece;
      if (call.arguments.length >= MAX_ARGUMENTS || together >= MAX_TOGETHER) return;
      call.arguments += more;
      together += more.length;
    },
    addOpenAi(pieces) {
      for (const piece of pieces) {
        if (typeof piece !== 'object' || piece === null) continue;
        const id = word(piece.id);
        latest = typeof piece.index === 'number' ? piece.index : id || latest;
        const given = piece.function?.arguments;
        // Ollama has sent arguments as an object.
        const text = typeof given === 'object' && given !== null ? JSON.stringify(given) : word(given);
        joiner.add(latest, { id, name: word(piece.function?.name), arguments: text });
      }
    },
    any: () => calls.size > 0,
    flush(emit) {
      if (flushed) return;
      flushed = calls.size > 0;
      let ordinal = 0;
      for (const call of calls.values()) {
        ordinal += 1;
        if (call.name !== '')
          emit({
            type: 'tool_call',
            toolCallId: call.id || `call_${ordinal}`,
            name: call.name,
            arguments: call.arguments || '{}',
          });
      }
    },
  };
  return joiner;
}
