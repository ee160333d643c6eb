import type { Part } from '#features/messages/messages.ts';
import { blocksOf, type Style, type Words } from './document.ts';

const RULE = '-'.repeat(60);

/** A chat as plain text. */
export function textStyle(words: Words): Style {
  const blockOf = (part: Part): string => {
    if (part.type === 'text') return part.text;
    if (part.type === 'reasoning') return `[${words.say('thinking')}]\n${indented(part.text)}`;
    if (part.type === 'tool_call')
      return `[${words.say('call', { name: part.name })}]\n${indented(part.arguments)}`;
    return `[${words.say('result')}]\n${indented(part.result)}`;
  };
  return {
    begin: (head, now) => `${words.titleOf(head)}\n${words.say('exported', { at: words.when(now) })}\n`,
    turn(turn) {
      const notes = [words.when(turn.createdAt), turn.excluded ? words.say('excluded') : ''];
      const heading = [words.nameOf(turn), ...notes].filter((note) => note !== '').join(' · ');
      const text = blocksOf(turn.content).map(blockOf).join('\n\n');
      return `\n${RULE}\n${heading}\n\n${text.trim() || `(${words.say('empty')})`}\n`;
    },
    end: () => '',
  };
}

const indented = (text: string): string => text.replace(/^/gm, '  ');
