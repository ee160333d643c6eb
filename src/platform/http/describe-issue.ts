/** Says in a sentence what is wrong with a value, and where. */
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';

type Issue = { path?: PropertyKey[]; code?: string; message?: string; errors?: Issue[][] };

/**
 * The field and a sentence for the first problem of a request; `part` is `body`, `querystring` or `headers`.
 * `field` is a path like `timeouts.queueMs`; the part's own name when the whole is wrong.
 */
export function describeIssue(
  found: FastifySchemaValidationError,
  part: string,
): { field: string; detail: string } {
  const params = found.params as { keys?: string[]; errors?: Issue[][] };
  const steps = found.instancePath.split('/').filter(Boolean);
  // What is a list only because it may be given several times is, for its sender, one field.
  const path = part === 'querystring' ? steps.slice(0, 1) : steps;
  if (found.keyword === 'unrecognized_keys' && params.keys?.[0] !== undefined)
    return sentence([...path, params.keys[0]], 'is not known here');
  const inner = found.keyword === 'invalid_union' ? nearest(params.errors ?? []) : undefined;
  const all = [...path, ...(inner?.path ?? []).map(String)];
  return sentence(
    all.length > 0 ? all : [part === 'querystring' ? 'query' : part],
    readable(inner?.message ?? found.message),
  );
}

/** Of a union's branches, the one that got furthest: its complaint is about what the sender most likely meant. */
function nearest(branches: Issue[][]): Issue | undefined {
  const firsts = branches.flatMap((issues) => issues.slice(0, 1));
  return firsts.sort((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0))[0];
}

const sentence = (path: string[], problem: string) => {
  const field = path.join('.');
  return { field, detail: `${field}: ${problem}.` };
};

const readable = (message: string | undefined): string => (message ?? 'is not valid').replace(/\.$/, '');
