/** The part of the package that tests use; it has no types of its own. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  type Context = {
    method: string;
    path: string;
    query: Record<string, string>;
    body: unknown;
    status: number;
    response: { get(name: string): string; set(name: string, value: string): void };
  };
  type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;

  export default class Provider {
    constructor(issuer: string, configuration: object);
    use(middleware: Middleware): void;
    callback(): RequestListener;
  }
}
