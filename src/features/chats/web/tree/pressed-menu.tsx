/** A long press on a message of a touch screen opens its menu where the finger is. A right click is left to the browser. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Message } from '#features/messages/messages.ts';
import type { BranchLine } from '../use-branch.ts';
import { listenForPresses } from './listen-for-presses.ts';
import MessageMenu from './message-menu.tsx';

type PressedMenuProps = {
  /** Holds the messages. */
  content: RefObject<HTMLElement | null>;
  lines: readonly BranchLine[];
  /** Whoever is here may change nothing. */
  reads: boolean;
};

type Pressed = { message: Message; x: number; y: number };

export default function PressedMenu({ content, lines, reads }: PressedMenuProps) {
  const [pressed, setPressed] = useState<Pressed | null>(null);
  const known = useRef(lines);
  known.current = lines;
  useEffect(() => {
    const box = content.current;
    if (!box) return;
    return listenForPresses(box, (id, place) => {
      const line = known.current.find(({ message }) => message.id === id);
      if (line && !line.outgoing) setPressed({ message: line.message, ...place });
    });
  }, [content]);
  if (!pressed) return null;
  const { message, x, y } = pressed;
  return (
    <MessageMenu
      key={`${message.id} ${x} ${y}`}
      message={message}
      reads={reads}
      pressed
      byKeys={false}
      onClosed={() => setPressed(null)}
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          className="pointer-events-none fixed size-px opacity-0"
          style={{ left: x, top: y }}
        />
      }
    />
  );
}
