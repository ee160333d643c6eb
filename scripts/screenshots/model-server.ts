/** A model server for pictures: answers in the OpenAI dialect with words chosen beforehand, at the pace of a good one. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const FAIR = `Give every person the **same share of the model**, not every message. Three rules are enough:

1. Whoever has been served least goes first.
2. Nobody who was away saves up credit for later.
3. Within one person's messages, first come, first served.

\`\`\`python
def next_in_line(waiting, served):
    """The message of whoever has been served least so far."""
    return min(waiting, key=lambda m: (served[m.person], m.number))
\`\`\`

What that means for three people who share one slot:

| who | sends | waits about |
| --- | --: | --: |
| Ada | 1 message | 12 s |
| Grace | 2 messages | 25 s |
| a script | 400 messages | its turn, each time |

The script gets everything that nobody else needs, and not a second more.`;

const BRIDGE = `A suspension bridge hangs its road from two long ropes of steel.

The weight of the road pulls down on thin **hangers**. The hangers pull on the **main cables**, and the cables, which
lie over the towers like a skipping rope over two fence posts, pull on heavy **anchors** at both ends. So the towers are
pressed, the cables are stretched, and the anchors hold on.

Steel is wonderful at being stretched. That is why such a bridge can be so long and still look so light: nearly every
part of it only has to do the one thing that steel does best. When a lorry drives across, the cable moves a little
towards it, the load spreads to many hangers at once, and everything settles again behind it.`;

const CABLES = `The **main cables** do.

The road hangs from them on thin hangers, and steel is wonderful at being pulled. The cables lie over the towers and end in heavy
anchors: so the towers are pressed, the cables stretched, and the anchors hold on.`;

const DECK = `The **deck** carries nothing on its own: it hands every load on.

1. A lorry presses on the deck.
2. The deck hangs from the hangers, which pull on the main cables.
3. The cables lead the pull over the towers down to the anchors.`;

const TOWER = `In short, the **towers and anchors** do.

The cables only pass on what they are given. At the towers the pull of both sides meets and presses straight down into the rock; at
the ends the anchors hold what is left of it, by their weight alone.`;

const MODELS = ['qwen3-14b', 'llama-3.3-70b', 'mistral-small-3.2'];
/** What each says when the same is asked of several. */
const OF_MODEL: Record<string, string> = {
  'qwen3-14b': CABLES,
  'llama-3.3-70b': DECK,
  'mistral-small-3.2': TOWER,
};

/** Starts one. A message with “broken” in it is cut off in the middle. */
export async function startModelServer(): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    if (request.url === '/v1/models')
      return void response.end(JSON.stringify({ data: MODELS.map((id) => ({ id })) }));
    let body = '';
    for await (const piece of request) body += piece;
    const { model, messages } = JSON.parse(body) as {
      model: string;
      messages: { role: string; content: string }[];
    };
    const asked = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    const compared = /carries the load of/.test(asked) && OF_MODEL[model];
    const text = compared || (/bridge/i.test(asked) ? BRIDGE : FAIR);
    const words = text.match(/\s*\S+/g) ?? [];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const say = (value: object) => response.write(`data: ${JSON.stringify(value)}\n\n`);
    for (const [index, content] of words.entries()) {
      if (response.destroyed) return;
      if (/broken/i.test(asked) && index > 40) return void response.destroy();
      say({ choices: [{ index: 0, delta: { content } }] });
      // Those who only stand in line for the picture take long enough to be seen there.
      await sleep(/slowly/i.test(asked) ? 400 : 18);
    }
    say({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    say({ choices: [], usage: { prompt_tokens: 38, completion_tokens: words.length } });
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, server };
}
