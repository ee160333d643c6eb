/**
 * The one way out: HTTP to model servers. On node:http rather than fetch, because each chunk costs less, faults
 * keep their exact cause, and an abort closes the socket in the same tick.
 */
import http from 'node:http';
import https from 'node:https';
import { BLOCKED_ADDRESS, guardedLookup, isBlockedAddress } from './blocked-addresses.ts';
import { OutboundFault } from './outbound-fault.ts';

/** Long enough for a slow TLS handshake across the world, short enough to tell people that nobody is there. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Model servers commonly close idle connections after 5 s; giving them up earlier avoids writing into a closed one. */
const IDLE_SOCKET_MS = 4_000;
/** Far above what honest servers send. */
const MAX_HEADER_BYTES = 64 * 1024;
/** A finished reader waits this long for the rest of a body, so that the connection can be used again. */
const DRAIN_MS = 250;

const agentOptions = {
  keepAlive: true,
  timeout: IDLE_SOCKET_MS,
  maxFreeSockets: 64,
  scheduling: 'lifo',
} as const;
const agents = { 'http:': new http.Agent(agentOptions), 'https:': new https.Agent(agentOptions) };

export type OutboundRequest = {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Aborting closes the socket at once; whatever is pending rejects with an `aborted` fault. */
  signal: AbortSignal;
  connectTimeoutMs?: number;
};

export type OutboundResponse = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /**
   * Hands over the body as it comes, until it ends (resolves) or `onChunk` returns true (resolves; the rest is
   * dropped). Rejects with an `OutboundFault` when the connection breaks, and with what `onChunk` throws.
   */
  read(onChunk: (chunk: Buffer) => boolean | undefined): Promise<void>;
  /** The body's first `maxBytes` as text; what follows is dropped. */
  text(maxBytes: number): Promise<string>;
  /** Closes the connection. */
  destroy(): void;
};

/** Sends a request and resolves with the response's head. Redirects are answers like any other, never followed. */
export function sendOutbound(request: OutboundRequest): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const { url, signal } = request;
    if (signal.aborted) return reject(new OutboundFault('aborted'));
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return reject(new OutboundFault('blocked'));
    if (isBlockedAddress(url.hostname.replace(/^\[|\]$/g, ''))) return reject(new OutboundFault('blocked'));

    let connected = false;
    let timedOut = false;
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
      agent: agents[url.protocol],
      method: request.method,
      headers: {
        'accept-encoding': 'identity',
        ...request.headers,
        ...(request.body !== undefined && { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
      lookup: guardedLookup,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    const abort = () => outgoing.destroy();
    signal.addEventListener('abort', abort, { once: true });
    const timer = setTimeout(() => {
      timedOut = true;
      outgoing.destroy();
    }, request.connectTimeoutMs ?? CONNECT_TIMEOUT_MS);

    outgoing.once('socket', (socket) => {
      const onConnected = () => {
        connected = true;
        clearTimeout(timer);
      };
      if (!socket.connecting) return onConnected();
      socket.setNoDelay(true);
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', onConnected);
    });
    // Stays after the response, because a broken connection reports here as well; a second reject is harmless.
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (signal.aborted) return reject(new OutboundFault('aborted'));
      if (timedOut) return reject(new OutboundFault('timeout'));
      reject(toFault(error, connected));
    });
    outgoing.once('response', (incoming) => {
      clearTimeout(timer);
      incoming.once('close', () => signal.removeEventListener('abort', abort));
      resolve(toResponse(incoming, signal));
    });
    outgoing.end(request.body);
  });
}

function toResponse(incoming: http.IncomingMessage, signal: AbortSignal): OutboundResponse {
  const read: OutboundResponse['read'] = (onChunk) =>
    new Promise((resolve, reject) => {
      const onData = (chunk: Buffer) => {
        try {
          if (!onChunk(chunk)) return;
          drain(incoming, onData);
          resolve();
        } catch (error) {
          incoming.destroy();
          reject(error);
        }
      };
      incoming.on('data', onData);
      incoming.once('end', resolve);
      incoming.on('error', (error) =>
        reject(signal.aborted ? new OutboundFault('aborted') : toFault(error, true)),
      );
      // Also reached without `end` or `error`, when the socket was destroyed here.
      incoming.once('close', () => reject(new OutboundFault(signal.aborted ? 'aborted' : 'broken')));
    });
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    read,
    async text(maxBytes) {
      const chunks: Buffer[] = [];
      let size = 0;
      await read((chunk) => {
        chunks.push(chunk.subarray(0, maxBytes - size));
        size += chunk.length;
        return size >= maxBytes;
      });
      return Buffer.concat(chunks).toString('utf8');
    },
    destroy: () => void incoming.destroy(),
  };
}

/** Lets a body that nobody reads any more run out, but not for long. */
function drain(incoming: http.IncomingMessage, onData: (chunk: Buffer) => void): void {
  incoming.off('data', onData);
  incoming.resume();
  const timer = setTimeout(() => incoming.destroy(), DRAIN_MS);
  incoming.once('close', () => clearTimeout(timer));
}

function toFault(error: NodeJS.ErrnoException, connected: boolean): OutboundFault {
  const code = error.code ?? '';
  const fault = (kind: ConstructorParameters<typeof OutboundFault>[0]) => new OutboundFault(kind, error);
  if (code === BLOCKED_ADDRESS) return fault('blocked');
  if (code.startsWith('HPE_')) return fault('garbage');
  if (connected) return fault('broken');
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return fault('dns');
  if (code === 'ECONNREFUSED') return fault('refused');
  if (code === 'ETIMEDOUT') return fault('timeout');
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code)) return fault('tls');
  return fault('network');
}
