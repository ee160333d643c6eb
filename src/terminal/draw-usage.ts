/** What a command can be given, for `--help`: plain text, so that it can be piped; as wide as the terminal. */
import type { ArgDef } from 'citty';
import widthOf from 'fast-string-width';
import { type Command, partOf } from './command-parts.ts';
import type { TerminalWords } from './words.ts';
import { wrapText } from './wrap-line.ts';

type Row = readonly [name: string, description: string];

/** The columns of a terminal that does not say. */
const COLUMNS = 80;
/** Names longer than this have their description below them. */
const NAME_COLUMNS = 26;

/** `path`: the command as it is typed, with those it belongs to. */
export async function drawUsage(command: Command, path: string, words: TerminalWords): Promise<string> {
  const width = process.stdout.columns || COLUMNS;
  const meta = await partOf(command.meta);
  const args = Object.entries(((await partOf(command.args)) ?? {}) as Record<string, ArgDef>);
  const commands = Object.entries((await partOf(command.subCommands)) ?? {});
  const inner: Row[] = await Promise.all(
    commands.map(async ([name, one]): Promise<Row> => {
      const innerMeta = await partOf((await partOf(one))?.meta);
      return [name, innerMeta?.description ?? ''];
    }),
  );
  const explain = ({ description = '', required, type }: ArgDef): string =>
    required && type !== 'positional' ? `${description} ${words('usage_required')}` : description;
  const isPositional = ([, { type }]: [string, ArgDef]): boolean => type === 'positional';
  const positional = args.filter(isPositional).map(([name, arg]): Row => [name.toUpperCase(), explain(arg)]);
  const flags = args
    .filter((arg) => !isPositional(arg))
    .map(([name, arg]): Row => [flagOf(name, arg), explain(arg)]);
  const options: Row[] = [...flags, ['--lang=<en|ru>', words('usage_language')]];
  const line = [
    path,
    words('usage_option_hint'),
    ...positional.map(([name]) => `[${name}]`),
    ...(inner.length > 0 ? [inner.map(([name]) => name).join('|')] : []),
  ].join(' ');
  const sections: (readonly [string, readonly Row[]])[] = [
    [words('usage_arguments'), positional],
    [words('usage_options'), options],
    [words('usage_commands'), inner],
  ];
  return [
    wrapText(`${meta?.description ?? ''} (${path}${meta?.version ? ` ${meta.version}` : ''})`, width),
    wrapText(`${words('usage')} ${line}`, width, '  '),
    ...sections.flatMap(([title, rows]) => (rows.length > 0 ? [`${title}\n${drawRows(rows, width)}`] : [])),
    ...(inner.length > 0 ? [wrapText(words('usage_more', { command: path }), width)] : []),
  ].join('\n\n');
}

function flagOf(name: string, { type, valueHint }: ArgDef): string {
  if (type === 'boolean') return `--${name}`;
  return `--${name}=<${valueHint ?? name}>`;
}

function drawRows(rows: readonly Row[], width: number): string {
  const names = Math.min(NAME_COLUMNS, Math.max(...rows.map(([name]) => widthOf(name))));
  const hang = ' '.repeat(names + 4);
  return rows
    .map(([name, description]) => {
      const begin = `  ${name}${' '.repeat(Math.max(0, names - widthOf(name)))}`;
      return widthOf(name) > names
        ? `${begin}\n${wrapText(`${hang}${description}`, width, hang)}`
        : wrapText(`${begin}  ${description}`, width, hang);
    })
    .join('\n');
}
