/** The styles of a terminal, as functions from text to text. */
import { styleText } from 'node:util';

type Style = (text: string) => string;
export type Paint = Record<
  'text' | 'strong' | 'emphasis' | 'code' | 'heading' | 'quote' | 'link' | 'mark',
  Style
>;

const asItIs: Style = (text) => text;
const style =
  (...format: Parameters<typeof styleText>[0][]): Style =>
  (text) =>
    text === ''
      ? ''
      : styleText(format.flat() as Parameters<typeof styleText>[0], text, { validateStream: false });

/** For pipes and files. */
export const plain: Paint = {
  text: asItIs,
  strong: asItIs,
  emphasis: asItIs,
  code: asItIs,
  heading: asItIs,
  quote: asItIs,
  link: asItIs,
  mark: asItIs,
};

/** For terminals with colours. */
export const coloured: Paint = {
  text: asItIs,
  strong: style('bold'),
  emphasis: style('italic'),
  code: style('cyan'),
  heading: style('bold', 'underline'),
  quote: style('dim'),
  link: style('underline'),
  mark: style('dim'),
};
