import { useEffect, useState } from 'react';

/** Whether the pointer is over something while Shift is held; the handlers are for what it is over. */
export function useShiftOver() {
  const [over, setOver] = useState(false);
  const [quick, setQuick] = useState(false);
  useEffect(() => {
    if (!over) return;
    const look = ({ shiftKey }: KeyboardEvent) => setQuick(shiftKey);
    for (const type of ['keydown', 'keyup'] as const) addEventListener(type, look);
    return () => {
      for (const type of ['keydown', 'keyup'] as const) removeEventListener(type, look);
    };
  }, [over]);
  return {
    quick: over && quick,
    onPointerEnter: ({ shiftKey, pointerType }: { shiftKey: boolean; pointerType: string }) => {
      setOver(pointerType === 'mouse');
      setQuick(shiftKey);
    },
    onPointerLeave: () => setOver(false),
  };
}
