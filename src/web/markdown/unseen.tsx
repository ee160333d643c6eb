/** More than this need not be laid out to say how much room a text takes, and an endless word of as much is laid out in no time. */
const MOST = 2000;

/** Keeps room for a text that will be drawn in a moment. */
export function Unseen({ text }: { text: string }) {
  return (
    <p className="invisible whitespace-pre-wrap" aria-hidden="true">
      {text.slice(0, MOST)}
    </p>
  );
}
