/** What OpenAI's own client is answered: models, whole answers, streams, tools. */
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { ask, client, failure, ledger, parley, post, setUpGateway, upstream } from './openai-client.ts';

setUpGateway();

describe('models', () => {
  it('are listed and found by id', async () => {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    expect(ids).toContain('test/demo');
    expect(ids).toContain('far/normal');
    expect(await client.models.retrieve('far/normal')).toMatchObject({ id: 'far/normal', owned_by: 'far' });
    expect(await failure(client.models.retrieve('far/none'))).toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
  });

  it('are found by a bare name where one endpoint alone has it', async () => {
    const answer = await client.chat.completions.create(
      ask('/script tokens=2 rate=0', { model: 'only-here' }),
    );
    expect(answer.model).toBe('far/only-here');
    const error = await failure(client.chat.completions.create(ask('Hi', { model: 'shared' })));
    expect(error).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
    expect(error.message).toContain('far/shared');
    expect(error.message).toContain('one/shared');
  });
});

describe('an answer at once', () => {
  it('has the text, the usage and the reason, and is in the ledger as everything else', async () => {
    const answer = await client.chat.completions.create(ask('/script text="Hello, world." usage=7,3 rate=0'));
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'test/demo',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'Hello, world.' }, finish_reason: 'stop' },
      ],
      usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
    });
    const [entry] = await ledger();
    expect(answer.id).toBe(`chatcmpl-${entry!.id}`);
    expect(entry).toMatchObject({
      client: 'openai',
      chatId: null,
      state: 'completed',
      class: 'interactive',
      inputTokens: 7,
      outputTokens: 3,
    });
    const { rows } = await parley.services.db.$client.query('SELECT input FROM generations WHERE id = $1', [
      entry!.id,
    ]);
    expect(rows).toEqual([{ input: null }]);
  });

  it('passes every parameter and turn on, as it was sent', async () => {
    const schema = { type: 'object', properties: { zebra: { type: 'string' }, a: { type: 'number' } } };
    await client.chat.completions.create({
      model: 'far/normal',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is ' },
            { type: 'text', text: 'it?' },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"q":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'It is 4.' },
      ],
      temperature: 0.3,
      top_p: 0.9,
      max_completion_tokens: 77,
      seed: 5,
      reasoning_effort: 'low',
      stop: 'END',
      user: 'somebody',
      frequency_penalty: 0,
      tools: [
        { type: 'function', function: { name: 'look_up', description: 'Looks up', parameters: schema } },
      ],
      tool_choice: 'auto',
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
    });
    const { body } = upstream.requests.at(-1)!;
    expect(body).toMatchObject({
      model: 'normal',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is it?' },
        {
          role: 'assistant',
          tool_calls: [{ id: 'c1', function: { name: 'look_up', arguments: '{"q":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'It is 4.' },
      ],
      temperature: 0.3,
      top_p: 0.9,
      max_tokens: 77,
      seed: 5,
      reasoning_effort: 'low',
      stop: ['END'],
      tool_choice: 'auto',
    });
    // The order of a schema's properties is the order in which models write them.
    expect(JSON.stringify(body.tools)).toContain(JSON.stringify(schema));
    expect(JSON.stringify(body.response_format)).toContain(JSON.stringify(schema));
    expect(body).not.toHaveProperty('user');
  });

  it('counts tokens also where the model server does not', async () => {
    upstream.behave({ usage: null, pieces: ['12345678', '1234'] });
    const answer = await client.chat.completions.create(ask('x'.repeat(400), { model: 'far/normal' }));
    expect(answer.usage).toEqual({ prompt_tokens: 100, completion_tokens: 3, total_tokens: 103 });
    expect((await ledger())[0]).toMatchObject({ inputTokens: 100, outputTokens: 3, tokensEstimated: true });
  });
});

describe('a stream', () => {
  it('begins with the role, carries the text in pieces, and ends with the reason and the usage', async () => {
    const stream = await client.chat.completions.create({
      ...ask('/script tokens=40 rate=200 reasoning=3 usage=11,43'),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks[0]!.choices[0]!.delta).toMatchObject({ role: 'assistant', content: '' });
    expect(
      chunks.every((chunk) => chunk.object === 'chat.completion.chunk' && chunk.id === chunks[0]!.id),
    ).toBe(true);
    const deltas = chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.delta));
    expect(deltas.filter((delta) => delta.content).length).toBeGreaterThan(2);
    expect(deltas.some((delta) => 'reasoning_content' in delta)).toBe(true);
    expect(chunks.at(-2)!.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 11, completion_tokens: 43, total_tokens: 54 },
    });
    const { rows } = await parley.services.db.$client.query(
      `SELECT string_agg(e->1->>'delta', '' ORDER BY first_seq, at) AS text
       FROM generation_events, json_array_elements(events) WITH ORDINALITY AS each(e, at)
       WHERE generation_id = $1 AND e->>0 = 'content_delta'`,
      [chunks[0]!.id.replace('chatcmpl-', '')],
    );
    expect(deltas.map((delta) => delta.content ?? '').join('')).toBe(rows[0].text);
  });

  it('ends with [DONE], and has no usage unless it is asked for', async () => {
    const text = await (await post(ask('/script tokens=3 rate=0', { stream: true }))).text();
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(text).not.toContain('usage');
  });

  it('says in comments where it stands while it waits', async () => {
    const busy = client.chat.completions.create({
      ...ask('/script tokens=500 rate=100', { model: 'one/demo' }),
      stream: true,
    });
    const running = await busy;
    const [first, second] = [
      await post(ask('/script tokens=2', { model: 'one/demo', stream: true })),
      await post(ask('/script tokens=2', { model: 'one/demo', stream: true })),
    ];
    const reader = second.body!.getReader();
    const decoder = new TextDecoder();
    let seen = '';
    while (!seen.includes('\n\n')) seen += decoder.decode((await reader.read()).value);
    expect(seen).toMatch(/^: queued 2 of 2\n\n/);
    running.controller.abort();
    await first.text();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      seen += decoder.decode(piece.value);
    expect(seen.endsWith('data: [DONE]\n\n')).toBe(true);
  });
});

describe('tools', () => {
  const tools = [
    { type: 'function' as const, function: { name: 'look_up', parameters: { type: 'object' } } },
  ];

  it('go round: the call comes out, its result goes in', async () => {
    const question = { role: 'user' as const, content: 'Look it up.' };
    const called = await client.chat.completions.create({ model: 'far/tools', messages: [question], tools });
    const [choice] = called.choices;
    expect(choice!.finish_reason).toBe('tool_calls');
    expect(choice!.message).toMatchObject({
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{"q":"слон 🐘"}' } },
      ],
    });
    upstream.behave({ toolCalls: [], pieces: ['An elephant.'], finishReason: 'stop' });
    const answer = await client.chat.completions.create({
      model: 'far/tools',
      messages: [question, choice!.message, { role: 'tool', tool_call_id: 'call_1', content: 'слон' }],
      tools,
    });
    expect(answer.choices[0]!.message.content).toBe('An elephant.');
    expect((upstream.requests.at(-1)!.body.messages as unknown[])[1]).toMatchObject({
      role: 'assistant',
      tool_calls: [{ id: 'call_1', function: { name: 'look_up', arguments: '{"q":"слон 🐘"}' } }],
    });
  });

  it('come whole in a stream, as the client’s own helper reads them', async () => {
    const stream = client.chat.completions.stream({
      model: 'far/tools',
      messages: [{ role: 'user', content: 'Look.' }],
      tools,
    });
    const done = await stream.finalChatCompletion();
    expect(done.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: {
        tool_calls: [{ id: 'call_1', function: { name: 'look_up', arguments: '{"q":"слон 🐘"}' } }],
      },
    });
  });
});
