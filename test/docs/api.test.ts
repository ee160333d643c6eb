import { readFileSync } from 'node:fs';
import { validate } from '@scalar/openapi-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Me } from '#features/accounts/accounts.ts';
import { Agent } from '#features/agents/agents.ts';
import { Chat } from '#features/chats/chats.ts';
import { OutboxItem } from '#features/chats/outbox.ts';
import { Context } from '#features/contexts/contexts.ts';
import { Endpoint, Model } from '#features/endpoints/endpoints.ts';
import { StoredFile } from '#features/files/files.ts';
import { Generation } from '#features/generations/generations.ts';
import { Message } from '#features/messages/messages.ts';
import { Project } from '#features/projects/projects.ts';
import { SearchHit } from '#features/search/search.ts';
import { Share } from '#features/sharing/sharing.ts';
import { SentenceRef } from '#fields';
import { ERROR_CODES } from '#platform/errors.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';

const TEXT = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
/** The example named `chat` in the page is one of these. */
const EXAMPLES: Record<string, z.ZodType> = {
  me: Me.strict(),
  chat: Chat.strict(),
  hit: SearchHit.strict(),
  project: Project.strict(),
  agent: Agent.strict(),
  context: Context.strict(),
  message: Message.strict(),
  share: Share.strict(),
  file: StoredFile.strict(),
  outbox: OutboxItem.strict(),
  generation: Generation.strict(),
  model: Model.strict(),
  endpoint: Endpoint.strict(),
  error: z.strictObject({
    error: z.strictObject({ code: z.enum(ERROR_CODES), detail: z.string(), ...SentenceRef.shape }),
  }),
};

type Operation = {
  summary?: string;
  tags?: string[];
  security?: unknown[];
  responses: Record<string, unknown>;
};
let parley: TestParley;
// biome-ignore lint/suspicious/noExplicitAny: a document of any shape, looked into by the tests
let document: any;
let operations: Map<string, Operation>;
beforeAll(async () => {
  parley = await startTestParley();
  const answer = await fetch(`${parley.url}/api/v1/openapi.json`);
  expect(answer.headers.get('content-type')).toContain('application/json');
  document = await answer.json();
  operations = new Map(
    Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, item]) =>
      Object.entries(item).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    ),
  );
});
afterAll(() => parley.close());

describe('the OpenAPI document', () => {
  test('is valid', async () => {
    const { valid, errors } = await validate(document);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
  });

  test('has every route of the interface that is registered, and no other', () => {
    const registered = parley.parley.routes
      .filter(({ method, url }) => /^\/(api\/)?v1\//.test(url) && method !== 'HEAD' && method !== 'OPTIONS')
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(registered.length).toBeGreaterThan(10);
    expect([...operations.keys()].filter((name) => / \/(api\/)?v1\//.test(name)).toSorted()).toEqual(
      registered.toSorted(),
    );
  });

  test('says of every operation what it is for, who may call it, and how it fails', () => {
    const described = new Set(document.tags.map((tag: { name: string }) => tag.name));
    const ids = new Set<string>();
    for (const [name, operation] of operations) {
      expect(operation.summary, name).toBeTruthy();
      expect(operation.tags, name).toHaveLength(1);
      expect(described, name).toContain(operation.tags![0]);
      ids.add((operation as { operationId?: string }).operationId!);
      const isPublic = operation.security?.length === 0;
      expect(Object.hasOwn(operation.responses, '401'), name).toBe(!isPublic);
      // Every refusal and every failure has a shape, also those that a route does not choose itself.
      for (const range of ['4XX', '5XX']) expect(Object.hasOwn(operation.responses, range), name).toBe(true);
    }
    expect(ids.size).toBe(operations.size);
  });

  test('has OpenAI’s errors below /v1, ours elsewhere, and both types of an export', () => {
    const errorOf = (name: string, status: string) => {
      const { $ref } = operations.get(name)!.responses[status] as { $ref: string };
      const response = document.components.responses[$ref.split('/').at(-1)!];
      return response.content['application/json'].schema.$ref.split('/').at(-1);
    };
    expect(errorOf('POST /v1/chat/completions', '4XX')).toBe('OpenAiError');
    expect(errorOf('GET /v1/models', '401')).toBe('OpenAiError');
    expect(errorOf('PATCH /api/v1/chats/{chatId}', '409')).toBe('Error');
    expect(errorOf('GET /api/v1/chats/{chatId}', '413')).toBe('Error');
    expect(errorOf('GET /api/v1/live', '426')).toBe('Error');
    const file = operations.get('GET /api/v1/generations/export')!.responses['200'] as { content: object };
    expect(Object.keys(file.content).toSorted()).toEqual(['application/json', 'text/csv']);
  });

  test('describes the objects by name, and names their fields', () => {
    for (const [name, schema] of Object.entries({ Chat, Message }))
      expect(Object.keys(document.components.schemas[name].properties)).toEqual(Object.keys(schema.shape));
    expect(
      document.paths['/api/v1/chats/{chatId}'].get.responses[200].content['application/json'].schema,
    ).toEqual({
      $ref: '#/components/schemas/Chat',
    });
  });
});

describe('docs/api.md', () => {
  test('has every route of the document, and no other', () => {
    const written = [...TEXT.matchAll(/^\| `(GET|POST|PUT|PATCH|DELETE|WS) (\S+)` \|/gm)].map(
      ([, method, path]) => `${method === 'WS' ? 'GET' : method} ${path}`,
    );
    expect(new Set(written).size).toBe(written.length);
    expect(written.toSorted()).toEqual([...operations.keys()].toSorted());
  });

  test('tells every error code', () => {
    const written = [...TEXT.matchAll(/^\| `(\w+)` \| \d{3} \|/gm)].map(([, code]) => code);
    expect(written.toSorted()).toEqual(ERROR_CODES.toSorted());
  });

  test('shows an example of every object, as it really is', () => {
    const found = [...TEXT.matchAll(/^```json (\w+)\n([\s\S]*?)^```/gm)];
    for (const [, name, json] of found)
      expect(() => EXAMPLES[name!]!.parse(JSON.parse(json!)), name).not.toThrow();
    expect(found.map(([, name]) => name).toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
  });
});

test('the reference page is served without help from elsewhere', async () => {
  const page = await fetch(`${parley.url}/api/docs`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const scripts = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  expect(scripts.length).toBeGreaterThan(0);
  for (const address of scripts) {
    const script = await fetch(new URL(address, `${parley.url}/api/docs`));
    expect([address, script.status]).toEqual([address, 200]);
    expect(new URL(script.url).origin).toBe(parley.url);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect((await script.text()).length).toBeGreaterThan(100);
  }
});
