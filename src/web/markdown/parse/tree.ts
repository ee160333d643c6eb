/** What parsed Markdown is: a closed vocabulary, plain enough to be sent from a worker. Nothing else is ever drawn. */

/** Elements that are drawn as they are, with no attributes from the text. */
export const PLAIN_TAGS = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'blockquote',
  'hr',
  'br',
  'em',
  'strong',
  'del',
  'code',
  'table',
  'thead',
  'tbody',
  'tr',
] as const;
export type PlainTag = (typeof PLAIN_TAGS)[number];

export type Align = 'left' | 'center' | 'right';

export type Branch = { readonly children: readonly Tree[] } & (
  | { readonly tag: PlainTag | 'root' }
  | { readonly tag: 'ol'; readonly start: number }
  | { readonly tag: 'li'; readonly task: boolean }
  | { readonly tag: 'a'; readonly href: string; readonly title: string | null }
  | { readonly tag: 'img'; readonly src: string; readonly alt: string }
  | { readonly tag: 'th' | 'td'; readonly align: Align | null }
  | { readonly tag: 'box'; readonly checked: boolean }
  | { readonly tag: 'label' }
  | { readonly tag: 'note'; readonly label: string }
  | { readonly tag: 'pre'; readonly code: string; readonly language: string }
  | {
      readonly tag: 'math';
      readonly tex: string;
      /** On lines of its own. */
      readonly display: boolean;
      /** Its end has not been written yet. */
      readonly open: boolean;
      /** null: it is shown as it is written. */
      readonly drawn: Glyph | null;
    }
);

export type Tree = string | Branch;

/** A scope of highlighted code: a class name of highlight.js, dots and all, around words and scopes. */
export type Scope = { readonly name: string; readonly children: readonly (Scope | string)[] };

/** A part of a formula as it is drawn: an element that is named in `read-markup.ts`, or text. */
export type Glyph =
  | string
  | {
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly style: Readonly<Record<string, string>>;
      readonly children: readonly Glyph[];
    };
