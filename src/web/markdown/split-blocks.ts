/**
 * Markdown cut into its top-level blocks, so that a growing text is parsed again only in its last one. Blocks
 * end at blank lines; a fence, a list, a quote or an indented part stays whole.
 */
export function splitBlocks(text: string): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: { mark: string; length: number } | null = null;
  let kind: 'list' | 'other' = 'other';
  let blankBefore = false;

  const close = () => {
    if (block.some((line) => line.trim() !== '')) blocks.push(block.join('\n'));
    block = [];
  };

  for (const line of text.split('\n')) {
    if (fence) {
      block.push(line);
      if (closes(line, fence)) {
        fence = null;
        // A fence inside a list item is indented and stays with its list.
        if (kind === 'other') close();
      }
      continue;
    }
    if (line.trim() === '') {
      blankBefore = true;
      block.push(line);
      continue;
    }
    const indented = /^(?: {2,}|\t)/.test(line);
    const item = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/.test(line);
    if (blankBefore && block.length > 0 && !(kind === 'list' && (item || indented))) close();
    if (block.length === 0 || block.every((other) => other.trim() === '')) kind = item ? 'list' : 'other';
    blankBefore = false;

    const opened = /^(\s*)(`{3,}|~{3,})([^\n]*)$/.exec(line);
    if (opened && !(opened[2]!.startsWith('`') && opened[3]!.includes('`'))) {
      // A fence right after a paragraph is a block of its own.
      if (kind === 'other' && opened[1]!.length < 4) close();
      if (!(kind === 'other' && opened[1]!.length >= 4))
        fence = { mark: opened[2]![0]!, length: opened[2]!.length };
    }
    block.push(line);
  }
  close();
  return blocks;
}

function closes(line: string, fence: { mark: string; length: number }): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === fence.mark.repeat(trimmed.length);
}
