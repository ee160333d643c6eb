/**
 * A scripted upstream: a real HTTP server that speaks OpenAI's and Anthropic's wires and misbehaves as it is told,
 * by model name (`PRESETS`), by a `/upstream {json}` line in the prompt, or by `behave`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Behaviour, behaviourIn, PRESETS } from './behaviour.ts';
import { anthropicDialect, openAiDialect } from './dialects.ts';
import { play } from './play.ts';

/** One request as the upstream saw it; times are its own `performance.now()`. */
type SeenRequest = {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
  readonly model: string;
  /** The last user message. */
  readonly prompt: string;
  readonly startedAt: number;
  /** When the response was finished or its connection was gone; null while it lasts. */
  closedAt: number | null;
  /** Whether it was answered to the end, rather than hung up on. */
  completed: boolean;
};

export type Upstream = {
  /** As `baseUrl` of an endpoint: `http://127.0.0.1:<port>/v1`. */
  readonly url: string;
  readonly port: number;
  /** Requests for a reply, in order of arrival. */
  readonly requests: SeenRequest[];
  /** How many connections were ever opened to it. */
  connections(): number;
  /** How many times the model list was asked for. */
  modelListReads(): number;
  /** What the next requests do, on top of their model's behaviour; a function decides for each. */
  behave(behaviour: Behaviour | ((request: SeenRequest) => Behaviour)): void;
  /** The models it says it has; unknown ones behave as `normal`. */
  setModels(names: string[]): void;
  /** Looks like this server, with these models in memory; null: like none in particular. */
  pretend(family: keyof typeof OWNERS | null, loaded: string[]): void;
  /** Answers the model list with this status from now on; 200 restores it. */
  setModelListStatus(status: number): void;
  /** The one key it accepts from now on; null: any, and none. */
  setKey(key: string | null): void;
  close(): Promise<void>;
};

/** By what their model lists give them away. */
const OWNERS = { ollama: 'library', 'lm-studio': 'organization_owner' };

/** What a model of Ollama says of itself: `thinking` was made with a window of its own. */
const SHOWN: Record<string, object> = {
  thinking: {
    parameters: 'stop "x"\nnum_ctx                        16384',
    model_info: { 'llama.context_length': 131_072 },
  },
  others: { model_info: { 'llama.context_length': 131_072 } },
};

export type UpstreamOptions = { port?: number; models?: string[] };

export async function startUpstream(options: UpstreamOptions = {}): Promise<Upstream> {
  const requests: SeenRequest[] = [];
  const loadingUntil = new Map<string, number>();
  let models = options.models ?? Object.keys(PRESETS);
  let decide: (request: SeenRequest) => Behaviour = () => ({});
  let listStatus = 200;
  let listReads = 0;
  let connections = 0;
  let key: string | null = null;
  let family: keyof typeof OWNERS | null = null;
  let loaded: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://upstream').pathname;
    const given = request.headers.authorization?.replace(/^Bearer /, '') ?? request.headers['x-api-key'];
    if (key !== null && given !== key)
      return sendJson(response, 401, { error: { message: `Wrong key ${given}` } });
    if (path === '/v1/models') {
      listReads += 1;
      const owned_by = family ? OWNERS[family] : 'upstream';
      const data = models.map((id) => ({
        id,
        object: 'model',
        type: 'model',
        ...(family !== 'ollama' && { max_model_len: 32_768 }),
        owned_by,
      }));
      return sendJson(
        response,
        listStatus,
        listStatus === 200 ? { object: 'list', data } : { error: 'no list' },
      );
    }
    if (path === '/api/ps' && family === 'ollama')
      return sendJson(response, 200, {
        models: loaded.map((name) => ({ name, model: name, context_length: 4096 })),
      });
    if (path === '/api/show' && family === 'ollama')
      return sendJson(
        response,
        200,
        SHOWN[(JSON.parse(await readText(request)) as { model: string }).model] ?? SHOWN.others,
      );
    if (path === '/api/v0/models' && family === 'lm-studio')
      return sendJson(response, 200, {
        data: models.map((id) => ({ id, state: loaded.includes(id) ? 'loaded' : 'not-loaded' })),
      });
    const dialects = { '/v1/chat/completions': openAiDialect, '/v1/messages': anthropicDialect };
    const makeDialect = dialects[path as keyof typeof dialects];
    if (!makeDialect) return sendJson(response, 404, { error: { message: 'no such path' } });

    const seen = see(path, request, JSON.parse(await readText(request)));
    requests.push(seen);
    response.once('close', () => {
      seen.closedAt = performance.now();
      seen.completed = response.writableFinished;
    });
    const behaviour = {
      ...(PRESETS[seen.model] ?? PRESETS.normal),
      ...behaviourIn(seen.prompt),
      ...decide(seen),
    };
    const dialect = makeDialect(seen.model);
    const refusal = refuse(seen, behaviour);
    if (refusal) {
      if (behaviour.retryAfter) response.setHeader('retry-after', behaviour.retryAfter);
      if (behaviour.location) response.setHeader('location', behaviour.location);
      const body = behaviour.errorBody ?? dialect.statusBody(refusal.status, refusal.message);
      return sendJson(response, refusal.status, body);
    }
    await play(response, dialect, behaviour, seen.prompt.split(/\s+/).length);
  }

  function refuse(seen: SeenRequest, behaviour: Behaviour): { status: number; message: string } | null {
    if (behaviour.status) return { status: behaviour.status, message: `told to answer ${behaviour.status}` };
    if (behaviour.rejectStreamOptions && 'stream_options' in seen.body)
      return { status: 400, message: "Unrecognized request argument supplied: 'stream_options'" };
    if (behaviour.loadingMs) {
      if (!loadingUntil.has(seen.model))
        loadingUntil.set(seen.model, performance.now() + behaviour.loadingMs);
      if (performance.now() < loadingUntil.get(seen.model)!) return { status: 503, message: 'Loading model' };
    }
    return null;
  }

  const server = createServer((request, response) => {
    request.socket.setNoDelay(true);
    answer(request, response).catch((error: Error) => {
      if (!response.headersSent) sendJson(response, 500, { error: { message: error.message } });
      else response.destroy();
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    connections: () => connections,
    modelListReads: () => listReads,
    behave: (behaviour) => {
      decide = typeof behaviour === 'function' ? behaviour : () => behaviour;
    },
    setModels: (names) => {
      models = names;
    },
    pretend(given, inMemory) {
      family = given;
      loaded = inMemory;
    },
    setModelListStatus: (status) => {
      listStatus = status;
    },
    setKey: (given) => {
      key = given;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

type Turn = { role?: string; content?: unknown };

function see(path: string, request: IncomingMessage, body: Record<string, unknown>): SeenRequest {
  const turns = (Array.isArray(body.messages) ? body.messages : []) as Turn[];
  const content = turns.findLast((turn) => turn.role === 'user')?.content;
  const prompt =
    typeof content === 'string'
      ? content
      : ((content as { text?: string }[] | undefined) ?? []).map((part) => part.text ?? '').join('');
  return {
    path,
    headers: request.headers,
    body,
    model: String(body.model),
    prompt,
    startedAt: performance.now(),
    closedAt: null,
    completed: false,
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
