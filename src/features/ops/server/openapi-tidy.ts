/** Makes the generated OpenAPI document pleasant to read: nothing unused, nothing said twice. */
import type { OpenAPIV3_1 } from 'openapi-types';

const SUCCESS: Record<string, string> = { 200: 'Done.', 201: 'Made.', 202: 'Accepted; it goes on.' };
/** Where named schemas stand. */
const PREFIX = '#/components/schemas/';

type Node = Record<string, unknown>;

/** The same document without noise. */
export function tidy(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  visit(document, (node) => {
    // What the format says already, as a regular expression of several lines.
    if (node.format === 'uuid' || node.format === 'date-time') delete node.pattern;
    // Our one recursive schema; inside the schema of a route the generator forgets its name.
    if (typeof node.$ref === 'string' && /schema\d+$/.test(node.$ref)) node.$ref = `${PREFIX}Json`;
  });
  for (const item of Object.values(document.paths ?? {}))
    for (const operation of Object.values(item ?? {})) tidyOperation(operation as Node);
  removeUnused(document);
  return document;
}

function tidyOperation(operation: Node): void {
  for (const [status, response] of Object.entries((operation.responses ?? {}) as Record<string, Node>))
    if (response.description === 'Default Response') response.description = SUCCESS[status] ?? 'Done.';
  const body = operation.requestBody as OpenAPIV3_1.RequestBodyObject | undefined;
  for (const media of Object.values(body?.content ?? {})) {
    const choices = (media.schema as OpenAPIV3_1.SchemaObject).anyOf;
    const given = choices?.filter((choice) => !('type' in choice && choice.type === 'null'));
    if (!choices || given?.length !== 1 || choices.length !== 2) continue;
    // A body that may be null is one that may be left out.
    media.schema = given[0];
    body!.required = false;
  }
}

/** Every named schema is generated for input and for output; few are used both ways. */
function removeUnused(document: OpenAPIV3_1.Document): void {
  const schemas = document.components!.schemas!;
  const used = new Set<string>();
  const follow = (node: Node) => {
    const name =
      typeof node.$ref === 'string' && node.$ref.startsWith(PREFIX) && node.$ref.slice(PREFIX.length);
    if (!name || used.has(name)) return;
    used.add(name);
    visit(schemas[name], follow);
  };
  visit(document.paths, follow);
  visit(document.components!.responses, follow);
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
}

function visit(value: unknown, work: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, work);
  else if (value && typeof value === 'object') {
    work(value as Node);
    for (const inner of Object.values(value)) visit(inner, work);
  }
}
