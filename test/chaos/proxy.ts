/** A loopback TCP proxy that can be a bad network: late, dripping, torn into pieces, reset, or silent. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What the network does to bytes, in both directions. */
export type NetworkFault =
  | { kind: 'none' }
  /** Everything comes so much later. */
  | { kind: 'delay'; ms: number }
  /** So many bytes at a time, with a pause after each. */
  | { kind: 'drip'; bytes: number; ms: number }
  /** Connections are accepted and stay open, and nothing goes through; what is held comes when it heals. */
  | { kind: 'blackhole' };

export type BadNetwork = {
  readonly port: number;
  readonly connections: number;
  /** From now on, for open connections too. */
  set(fault: NetworkFault): void;
  /** Cuts every open connection with a TCP reset. */
  reset(): void;
  close(): Promise<void>;
};

/** Starts one. `targets` are the ports it leads to, in turn; one that refuses is passed over for the next. */
export async function startProxy(targets: readonly number[]): Promise<BadNetwork> {
  let fault: NetworkFault = { kind: 'none' };
  let turn = 0;
  let healed = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  };

  const server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client);
    client.on('error', () => client.destroy());
    client.pause();
    void reach(targets.length).then((target) => {
      if (!target || client.destroyed) {
        target?.destroy();
        return client.resetAndDestroy();
      }
      keep(target);
      target.on('error', () => client.resetAndDestroy());
      client.on('error', () => target.destroy());
      client.once('close', () => target.destroy());
      void carry(client, target);
      void carry(target, client);
    });
  });

  async function reach(attempts: number): Promise<Socket | null> {
    for (let n = 0; n < attempts; n++) {
      const target = connect({
        port: targets[turn++ % targets.length]!,
        host: '127.0.0.1',
        allowHalfOpen: true,
      });
      try {
        await once(target, 'connect');
        return target;
      } catch {
        target.destroy();
      }
    }
    return null;
  }

  async function carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        for (const piece of pieces(chunk as Buffer)) {
          while (fault.kind === 'blackhole') await healed.promise;
          if (fault.kind === 'delay' || fault.kind === 'drip') await sleep(fault.ms);
          if (to.destroyed) return;
          if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
        }
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  function pieces(chunk: Buffer): Buffer[] {
    if (fault.kind !== 'drip') return [chunk];
    const { bytes } = fault;
    return Array.from({ length: Math.ceil(chunk.length / bytes) }, (_, at) =>
      chunk.subarray(at * bytes, (at + 1) * bytes),
    );
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sockets.size;
    },
    set(given) {
      fault = given;
      healed.resolve();
      healed = Promise.withResolvers<void>();
    },
    reset() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
