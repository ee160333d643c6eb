import type { Part } from '#features/messages/messages.ts';
import { blocksOf, type Style, type Words } from './document.ts';

/** A chat as Markdown: what people and models wrote stands as it is, under a heading with who and when. */
export function markdownStyle(words: Words): Style {
  const blockOf = (part: Part): string => {
    if (part.type === 'text') return part.text;
    if (part.type === 'reasoning') return quoted(`**${words.say('thinking')}**\n\n${part.text}`);
    if (part.type === 'tool_call')
      return `**${words.say('call', { name: inline(part.name) })}**\n\n${fenced(part.arguments)}`;
    return `**${words.say('result')}**\n\n${fenced(part.result)}`;
  };
  return {
    begin: (head, now) =>
      `# ${inline(words.titleOf(head))}\n\n*${words.say('exported', { at: words.when(now) })}*\n`,
    turn(turn) {
      const notes = [words.when(turn.createdAt), turn.excluded ? words.say('excluded') : ''];
      const heading = [inline(words.nameOf(turn)), ...notes].filter((note) => note !== '').join(' · ');
      const text = blocksOf(turn.content).map(blockOf).join('\n\n');
      return `\n## ${heading}\n\n${text.trim() || `*${words.say('empty')}*`}\n`;
    },
    end: () => '',
  };
}

const quoted = (text: string): string => text.replace(/^/gm, '> ');

/** Within a heading: on one line, and with nothing that Markdown or HTML would take for a mark. */
const inline = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, '\\$&');

/** Longer than any fence within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([marks]) => marks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
