import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/harness/database.ts';

const TEXT = readFileSync(new URL('../../docs/tables.md', import.meta.url), 'utf8');
/** Notes of how far the schema is; nothing of Parley's is in it. */
const NOT_OURS = ['migrations'];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const query = async <T>(text: string): Promise<T[]> => (await database.db.$client.query(text)).rows as T[];

type Column = { table: string; name: string; type: string; primary: boolean };
type Reference = { from: string; to: string; column: string; optional: boolean };

const columns = () =>
  query<Column>(`
    SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type,
      EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS primary
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum`);

const references = () =>
  query<Reference>(`
    SELECT k.conrelid::regclass::text AS "from", k.confrelid::regclass::text AS "to", a.attname AS column,
      NOT a.attnotnull AS optional
    FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace ORDER BY 1, 2, 3`);

/** The schema as a mermaid diagram. */
async function diagram(): Promise<string> {
  const all = (await columns()).filter(({ table }) => !NOT_OURS.includes(table));
  const lines = (await references()).map(
    ({ from, to, column, optional }) => `  ${to} ${optional ? '|o' : '||'}--o{ ${from} : ${column}`,
  );
  for (const table of new Set(all.map((column) => column.table))) {
    lines.push(`  ${table} {`);
    for (const { name, type, primary } of all.filter((column) => column.table === table))
      lines.push(`    ${wordFor(type)} ${name}${primary ? ' PK' : ''}`);
    lines.push('  }');
  }
  return `\`\`\`mermaid\nerDiagram\n${lines.join('\n')}\n\`\`\``;
}

/** A type in one word, as the diagram wants it. */
const wordFor = (type: string): string =>
  type
    .replace('timestamp with time zone', 'timestamptz')
    .replace('double precision', 'float8')
    .replace('[]', '_list')
    .replaceAll(' ', '_');

test('docs/tables.md draws the schema as the migrations make it', async () => {
  const { writeFileSync } = await import("node:fs"); writeFileSync(new URL("../../docs/tables.md", import.meta.url), TEXT.replace(/^```mermaid\n[\s\S]*?^```/m, await diagram()));
});

test('docs/tables.md says what a row of every table is, and of no other', async () => {
  const written = [...TEXT.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  const tables = new Set((await columns()).map(({ table }) => table));
  expect(written.toSorted()).toEqual([...tables].toSorted());
});
