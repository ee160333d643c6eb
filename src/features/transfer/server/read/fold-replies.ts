import type { DraftMessage, Piece } from './draft.ts';

/**
 * Makes one reply of a model's messages that follow one another, and of the tools' among them. Where the tree branches, a reply ends.
 * `turns` have parents before their children; what they are called afterwards is told by `nameOf`.
 */
export function foldReplies(turns: readonly DraftMessage[]): {
  messages: DraftMessage[];
  nameOf(key: string): string | undefined;
} {
  const children = new Map<string | null, number>();
  for (const { parentKey } of turns) children.set(parentKey, (children.get(parentKey) ?? 0) + 1);
  const named = new Map<string, DraftMessage>();
  const messages: DraftMessage[] = [];
  for (const turn of turns) {
    const above = turn.parentKey === null ? undefined : named.get(turn.parentKey);
    const isReply = turn.role === 'assistant' || turn.role === 'tool';
    if (isReply && above?.role === 'assistant' && children.get(turn.parentKey) === 1) {
      named.set(turn.key, above);
      join(above, turn);
      continue;
    }
    const message: DraftMessage = {
      ...turn,
      role: isReply ? 'assistant' : turn.role,
      parentKey: above?.key ?? null,
      content: [...turn.content],
    };
    named.set(turn.key, message);
    messages.push(message);
  }
  return { messages, nameOf: (key) => named.get(key)?.key };
}

function join(reply: DraftMessage, turn: DraftMessage): void {
  for (const piece of turn.content) reply.content.push(separated(reply.content.at(-1), piece));
  if (turn.generation) reply.generation = { ...reply.generation, ...turn.generation };
  if (turn.original !== undefined)
    reply.original = [
      ...(Array.isArray(reply.original) ? reply.original : [reply.original]),
      turn.original,
    ].filter((one) => one !== undefined);
}

/** Two messages were paragraphs of their own. */
function separated(before: Piece | undefined, piece: Piece): Piece {
  if (before?.type !== piece.type || (piece.type !== 'text' && piece.type !== 'reasoning')) return piece;
  return { ...piece, text: `\n\n${String(piece.text)}` };
}

/** Gives each result the id of the call it answers: its own, else that of the first call above it that has none. */
export function pairResults(content: readonly Piece[]): Piece[] {
  const open: string[] = [];
  return content.map((piece) => {
    if (piece.type === 'tool_call') open.push(String(piece.toolCallId));
    if (piece.type !== 'tool_result') return piece;
    const known = open.indexOf(String(piece.toolCallId));
    const [id] = known === -1 ? open.splice(0, 1) : open.splice(known, 1);
    return id === undefined ? piece : { ...piece, toolCallId: id };
  });
}
