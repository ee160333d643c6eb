/** Text from elsewhere, made safe to print: models, titles, errors, names and addresses must not reach the terminal itself. */

/**
 * Everything that could move the cursor, change the title or the clipboard of a terminal, break its line or turn the direction of
 * reading: C0 and C1 but for tab and newline, DEL, the separators of lines, the marks and overrides of direction.
 */
const CONTROLS =
  '\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u206F\\uFFF9-\\uFFFB';
const CONTROL = new RegExp(`[${CONTROLS}]`, 'g');
/** The styles that `paint.ts` writes: bold, dim, italic, underlined, cyan, and their ends. */
const STYLE_OR_CONTROL = new RegExp(`\\u001B\\[(?:[1-4]|2[2-4]|36|39)m|[${CONTROLS}]`, 'g');

/** Text that is safe to print as it is; it keeps its newlines and tabs. */
export const asPlainText = (text: string): string => text.replace(CONTROL, '');

/** A name or title that is safe to print within a line. */
export const asPlainLine = (text: string): string => asPlainText(text.replace(/\s+/g, ' '));

/** The last gate before the terminal: of all that could reach it, our own styles alone pass. */
export const withStylesOnly = (text: string): string =>
  text.replace(STYLE_OR_CONTROL, (found) => (found.length > 1 ? found : ''));
