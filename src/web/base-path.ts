/** Where Parley is served: `''` or `/like/this`, from the `<base>` that the server writes into the page. */
export const basePath = new URL(document.baseURI).pathname.replace(/\/+$/, '');

/** The same origin's WebSocket address for a path such as `/api/v1/live`. */
export function socketAddress(path: string): string {
  const url = new URL(basePath + path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
