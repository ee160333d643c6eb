/** ShareGPT, the form of many data sets: turns one after another, without times and mostly without models. */
import { say } from '../../say.ts';
import {
  type Draft,
  type DraftMessage,
  type Json,
  leftOf,
  listOf,
  objectOf,
  Refused,
  textOf,
  unlessEmpty,
} from '../draft.ts';
import { shortened } from '../order-tree.ts';

const ROLES: Record<string, 'user' | 'assistant' | 'system'> = {
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  assistant: 'assistant',
  chatgpt: 'assistant',
  bing: 'assistant',
  bard: 'assistant',
  system: 'system',
};

export function readShareGpt(value: Json): Draft {
  const system: string[] = [textOf(value.system)].filter((text) => text !== undefined);
  const model = textOf(value.model);
  const messages: DraftMessage[] = [];
  for (const [at, raw] of listOf(value.conversations).entries()) {
    const turn = objectOf(raw);
    const role = Object.hasOwn(ROLES, String(turn.from)) ? ROLES[String(turn.from)]! : null;
    if (!role) throw new Refused(say('who_says_it', { at: at + 1, name: shortened(String(turn.from)) }));
    const text = typeof turn.value === 'string' ? turn.value : '';
    if (role === 'system' && messages.length === 0) {
      if (text.trim() !== '') system.push(text);
      continue;
    }
    messages.push({
      key: String(at),
      parentKey: messages.at(-1)?.key ?? null,
      role,
      source: 'import',
      content: text === '' ? [] : [{ type: 'text', text }],
      generation: role === 'assistant' && model ? { model } : undefined,
      original: unlessEmpty(leftOf(turn, ['from', 'value'])),
    });
  }
  const id = typeof value.id === 'string' || typeof value.id === 'number' ? String(value.id) : undefined;
  return {
    // Two data sets may well use the same id, so that it tells nothing apart.
    sourceId: null,
    shownId: id,
    title: textOf(value.title) ?? '',
    instructions: system.join('\n\n') || undefined,
    keys: { original: leftOf(value, ['id', 'title', 'conversations', 'system', 'model']) },
    messages,
  };
}
