/** The one WebSocket of this page: everything that happens to its user, reconnected for as long as it takes. */
import { socketAddress } from '#web/base-path.ts';
import { useLiveStatus } from './live-status.ts';

/** What the server sends. `payload.generationId` and `payload.seq` are there where the event has them. */
export type LiveFrame = { type: string; payload: Record<string, unknown> };

const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 15_000;
/** Somebody who types while the server is away asks it no more often than this. */
const LEAST_DELAY_MS = 1000;
/** A silent line is found out this often; proxies also drop lines that are silent for a minute. */
const PING_EVERY_MS = 25_000;
const PONG_WITHIN_MS = 8_000;

let socket: WebSocket | null = null;
let onFrame: (frame: LiveFrame) => void = () => {};
let failures = 0;
let lastTry = 0;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let pingTimer: ReturnType<typeof setTimeout> | undefined;
let wanted = false;

/** Opens the connection, or opens it anew after the login changed. */
export function connectLive(handler: (frame: LiveFrame) => void): void {
  onFrame = handler;
  wanted = true;
  failures = 0;
  open();
}

/** Closes it for good (signed out). */
export function disconnectLive(): void {
  wanted = false;
  clearTimeout(retryTimer);
  drop();
}

/** Gives up a line that is not the right one; another is tried after a while. */
export const giveUpLine = (): void => lost();

/** Sends a frame if the line is open; says whether it was. */
export function sendLive(type: string, payload: Record<string, unknown>): boolean {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify({ type, payload }));
  return true;
}

function open(): void {
  clearTimeout(retryTimer);
  drop();
  lastTry = Date.now();
  const mine = new WebSocket(socketAddress('/api/v1/live'));
  socket = mine;
  mine.onmessage = ({ data }) => {
    if (mine !== socket) return;
    expectSilence();
    const frame = JSON.parse(String(data)) as LiveFrame;
    if (frame.type === 'ready') {
      failures = 0;
      useLiveStatus.setState({ status: 'open' });
    }
    onFrame(frame);
  };
  mine.onclose = () => {
    if (mine === socket) lost();
  };
}

function lost(): void {
  drop();
  if (!wanted) return;
  failures++;
  // The first loss may be a blink; what lasts is shown.
  if (useLiveStatus.getState().status === 'open' || failures > 1)
    useLiveStatus.setState({ status: 'offline' });
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  // Full jitter, so that a restarted server is not met by everybody at once.
  retryTimer = setTimeout(open, longest / 2 + (Math.random() * longest) / 2);
}

function drop(): void {
  clearTimeout(pingTimer);
  const old = socket;
  socket = null;
  if (old) {
    old.onmessage = null;
    old.onclose = null;
    old.close();
  }
}

/** After a while without a word asks for one, and gives the line up when none comes. */
function expectSilence(): void {
  clearTimeout(pingTimer);
  pingTimer = setTimeout(() => {
    if (!sendLive('ping', {})) return;
    pingTimer = setTimeout(lost, PONG_WITHIN_MS);
  }, PING_EVERY_MS);
}

// The browser often knows first that it is worth trying at once.
const tryNow = () => {
  if (wanted && socket?.readyState !== WebSocket.OPEN && socket?.readyState !== WebSocket.CONNECTING) open();
};
addEventListener('online', tryNow);
// And whoever turns to the page should not have to wait.
for (const sign of ['focus', 'keydown', 'pointerdown'])
  addEventListener(sign, () => {
    if (Date.now() > lastTry + LEAST_DELAY_MS) tryNow();
  });
addEventListener('offline', () => {
  if (wanted) lost();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) tryNow();
});
