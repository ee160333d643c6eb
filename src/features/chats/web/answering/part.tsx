import { Suspense } from 'react';
import { lazyExtra } from '#web/fetch-file.ts';
import { readKept } from '#web/kept/kept.ts';
import { CARDS_HEIGHT } from './cards-height.ts';
import type { InChatProps } from './in-chat.tsx';

const Worded = lazyExtra(() => import('./worded.tsx'));

/** Something about the agents of a chat. All of it is one part, which is fetched with the first of them. */
export const Answering = (props: InChatProps) => (
  <Suspense fallback={props.show === 'cards' && <div style={{ height: +readKept(CARDS_HEIGHT)! }} />}>
    <Worded {...props} />
  </Suspense>
);
