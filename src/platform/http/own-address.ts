import type { AddressInfo } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '#config';
import type { App } from './app.ts';

/** The address `app` listens at, with the host as it is configured. */
export const addressOf = (app: App, { host }: Config): string => `http://${inUrl(host)}:${portOf(app)}`;

/** The address at which this machine's own programs reach it: one that listens everywhere is asked over loopback. */
export function localAddressOf(app: App, { host }: Config): string {
  const near = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `http://${inUrl(near)}:${portOf(app)}`;
}

/** The address that whoever asks can give to others: the public one as it is configured, else as they asked for it themselves. */
export const publicAddressOf = (request: FastifyRequest, { baseUrl }: Config): string =>
  baseUrl ?? `${request.protocol}://${request.host}`;

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
const portOf = (app: App): number => (app.server.address() as AddressInfo).port;
