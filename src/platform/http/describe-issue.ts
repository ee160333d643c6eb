/** Says in a sentence what is wrong with a value, and where. */
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';
import { isFieldReason, say } from '#platform/say.ts';
import type { Sentence } from '#platform/sentences.ts';

/** An issue as the schemas report it; what it holds besides depends on its code. */
export type Issue = {
  path?: PropertyKey[];
  code?: string;
  message?: string;
  origin?: string;
  expected?: string;
  format?: string;
  minimum?: number | bigint;
  maximum?: number | bigint;
  inclusive?: boolean;
  divisor?: number;
  keys?: string[];
  values?: unknown[];
  options?: unknown[];
  /** Of a union: the issues of each of its branches. */
  errors?: Issue[][];
};
type Described = { field: string; sentence: Sentence };

/** More choices than these are no help to anybody. */
const MAX_OPTIONS = 20;

/**
 * The field and a sentence for the first problem of a request; `part` is `body`, `querystring` or `headers`.
 * `field` is a path like `timeouts.queueMs`; the part's own name when the whole is wrong.
 */
export function describeIssue(found: FastifySchemaValidationError, part: string): Described {
  const steps = found.instancePath.split('/').filter(Boolean);
  // What is a list only because it may be given several times is, for its sender, one field.
  const path = part === 'querystring' ? steps.slice(0, 1) : steps;
  const issue: Issue = { ...found.params, code: found.keyword, message: found.message ?? '' };
  return describeAt(issue, path, part === 'querystring' ? 'query' : part);
}

/** The same for an issue below `path`; `whole` names what is wrong when no field of it is. */
export function describeAt(issue: Issue, path: readonly string[], whole: string): Described {
  if (issue.code === 'unrecognized_keys' && issue.keys?.[0] !== undefined)
    return described([...path, issue.keys[0]].join('.'), issue);
  const inner = issue.code === 'invalid_union' ? nearest(issue.errors ?? []) : undefined;
  const steps = [...path, ...(inner?.path ?? []).map(String)];
  return described(steps.join('.') || whole, inner ?? issue);
}

const described = (field: string, issue: Issue): Described => ({
  field,
  sentence: sentenceFor(field, issue),
});

/** Of a union's branches, the one that got furthest: its complaint is about what the sender most likely meant. */
function nearest(branches: Issue[][]): Issue | undefined {
  const firsts = branches.flatMap((issues) => issues.slice(0, 1));
  return firsts.sort((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0))[0];
}

function sentenceFor(field: string, issue: Issue): Sentence {
  const { code, message = '', origin, expected = '', format = '', inclusive = true } = issue;
  // A schema that has words of its own names the reason for them.
  if (isFieldReason(message)) return say(message, { field });
  const sized = origin === 'string' || origin === 'array' || origin === 'set';
  const min = Number(issue.minimum);
  const max = Number(issue.maximum);
  switch (code) {
    case 'invalid_type':
      return message.endsWith('received undefined')
        ? say('field_missing', { field })
        : say('field_type', { field, expected });
    case 'too_small':
      if (sized) return say(origin === 'string' ? 'field_too_short' : 'field_too_few', { field, min });
      return say(inclusive ? 'field_too_small' : 'field_not_above', { field, min });
    case 'too_big':
      if (sized) return say(origin === 'string' ? 'field_too_long' : 'field_too_many', { field, max });
      return say(inclusive ? 'field_too_big' : 'field_not_below', { field, max });
    case 'invalid_format':
      return say('field_format', { field, format });
    case 'not_multiple_of':
      return say('field_step', { field, step: Number(issue.divisor) });
    case 'unrecognized_keys':
      return say('field_unknown', { field });
  }
  const options = (issue.values ?? issue.options ?? []).slice(0, MAX_OPTIONS).map(String);
  if (options.length === 1) return say('field_only', { field, option: options[0]! });
  return options.length > 1
    ? say('field_choice', { field, options: options.join(', ') })
    : say('field_invalid', { field });
}
