import { beforeEach, expect, it, vi } from 'vitest';

/** The sockets the page has opened, in order. */
let sockets: FakeSocket[];
class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  readyState = FakeSocket.CONNECTING;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor() {
    sockets.push(this);
  }
  close() {
    this.readyState = 3;
  }
  lose() {
    this.readyState = 3;
    this.onclose?.();
  }
}

let signs: EventTarget;
beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  sockets = [];
  signs = new EventTarget();
  vi.stubGlobal('addEventListener', signs.addEventListener.bind(signs));
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.doMock('#web/base-path.ts', () => ({ socketAddress: (path: string) => path }));
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

it.each(['keydown', 'pointerdown', 'focus'])(
  'tries at once when somebody turns to the page: %s',
  async (sign) => {
    const { connectLive } = await import('./live-connection.ts');
    connectLive(() => {});
    // Lost again and again, until the next try is far away.
    for (let tries = 0; tries < 8; tries++) {
      sockets.at(-1)!.lose();
      vi.advanceTimersByTime(15_000);
    }
    sockets.at(-1)!.lose();
    vi.advanceTimersByTime(1500);
    const before = sockets.length;
    signs.dispatchEvent(new Event(sign));
    expect(sockets).toHaveLength(before + 1);
    // Typing on does not ask with every key.
    sockets.at(-1)!.lose();
    signs.dispatchEvent(new Event(sign));
    vi.advanceTimersByTime(500);
    signs.dispatchEvent(new Event(sign));
    expect(sockets).toHaveLength(before + 1);
  },
);
