/** Log lines for a person at a terminal: the time, the message, what it is about; elsewhere they stay JSON for machines. */
import { styleText } from 'node:util';

/** pino's numbers; what is below is not worth a colour. */
const LEVELS: Record<number, [name: string, colour: 'yellow' | 'red']> = {
  40: ['warning: ', 'yellow'],
  50: ['error: ', 'red'],
  60: ['error: ', 'red'],
};
/** What is told otherwise, or of no interest to who sees the process run. */
const LEFT_OUT = new Set(['level', 'time', 'pid', 'msg', 'err']);

type Line = { level: number; time: number; msg?: string; err?: { message?: string; stack?: string } };

/** One JSON line of the log as text, with its line break; what is none stays as it is. `colours`: whether the terminal shows them. */
export function readableLine(json: string, colours: boolean): string {
  let line: Line & Record<string, unknown>;
  try {
    line = JSON.parse(json);
  } catch {
    return json;
  }
  const paint = (colour: 'dim' | 'yellow' | 'red', text: string) =>
    colours && text ? styleText(colour, text, { validateStream: false }) : text;
  const [name, colour] = LEVELS[line.level] ?? ['', 'dim'];
  const about = Object.entries(line)
    .filter(([key]) => !LEFT_OUT.has(key))
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const cause = line.err?.message && line.err.message !== line.msg ? `: ${line.err.message}` : '';
  const time = new Date(line.time).toTimeString().slice(0, 8);
  const stack = line.err?.stack ? `${shown(line.err.stack)}\n` : '';
  return `${paint('dim', time)} ${paint(colour, name)}${shown(`${line.msg ?? ''}${cause}`)}${paint('dim', shown(about.join('')))}\n${paint('dim', stack)}`;
}

/** Foreign text may draw nowhere but on its own line: control and direction characters are written as their numbers. */
const shown = (text: string): string =>
  text.replace(
    /[^\P{Cc}\n]|\p{Bidi_Control}/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
