import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { ClientEntry, Evidence } from './evidence.ts';

const BROUGHT = {
  chatId: 'else',
  messages: [
    { id: 'e1', text: 'mark=e1' },
    { id: 'e2', text: 'mark=e2' },
  ],
};

/** A run in which one chat was brought in, and nobody knows of another one. */
const sound = (): Evidence & { clients: ClientEntry[] } =>
  structuredClone({
    clients: [
      { at: 1, client: 0, kind: 'brought', chats: [BROUGHT], certain: true },
      {
        at: 1,
        client: 0,
        kind: 'brought',
        chats: [{ ...BROUGHT, chatId: 'absent', messages: [] }],
        certain: false,
      },
    ],
    messages: [
      { id: 'e1', chatId: 'else', role: 'user', parentId: null, deleted: false, text: 'mark=e1' },
      { id: 'e2', chatId: 'else', role: 'assistant', parentId: 'e1', deleted: false, text: 'mark=e2' },
    ],
    leaves: [{ chatId: 'else', leafId: 'e2' }],
    indexed: ['e1', 'e2'].map((messageId) => ({ messageId, chatId: 'else', inPlace: true })),
    outbox: [],
    generations: [],
    calls: [],
  });

/** Each bug that an import could have, and what the checker says of it. */
const BUGS: [name: string, plant: (run: ReturnType<typeof sound>) => void][] = [
  [
    'an import that was acknowledged and lost',
    (run) => {
      (run.messages as unknown[]).splice(0, 2);
      (run.leaves as unknown[]).splice(0, 1);
      (run.indexed as unknown[]).splice(0, 2);
    },
  ],
  ['a chat brought in by half', (run) => void (run.messages as unknown[]).splice(1, 1)],
  ['a chat brought in with another text', (run) => void Object.assign(run.messages[1]!, { text: 'mark=e3' })],
  [
    'messages brought in without their chat',
    (run) => {
      (run.leaves as unknown[]).splice(0, 1);
      Object.assign(run.clients[0]!, { certain: false });
    },
  ],
  [
    'a chat brought in twice',
    (run) => {
      const [first, second] = run.messages;
      (run.leaves as unknown[]).push({ chatId: 'copy', leafId: 'f2' });
      (run.messages as unknown[]).push(
        { ...first!, id: 'f1', chatId: 'copy' },
        { ...second!, id: 'f2', chatId: 'copy', parentId: 'f1' },
      );
    },
  ],
  [
    'a chat brought in that shows another branch',
    (run) => void Object.assign(run.leaves[0]!, { leafId: 'e1' }),
  ],
  ['a chat brought in that cannot be found', (run) => void (run.indexed as unknown[]).splice(1, 1)],
];

describe('the checker of imports', () => {
  it('finds nothing wrong with a sound run', () => {
    expect(check(sound())).toEqual([]);
  });

  it('lets a chat be absent that nobody was told of', () => {
    const run = sound();
    Object.assign(run.clients[0]!, { certain: false });
    Object.assign(run, { messages: [], leaves: [], indexed: [] });
    expect(check(run)).toEqual([]);
  });

  it.each(BUGS)('catches %s', (_name, plant) => {
    const run = sound();
    plant(run);
    const found = check(run).filter(({ what }) => what.includes('brought in'));
    expect(found.map(({ id }) => id)).toContain('else');
  });
});
