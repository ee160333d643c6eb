/** More than this need not be laid out to say how much room a text takes. */
const MOST = 4000;

/** Keeps room for a text that will be drawn in a moment. */
export function Unseen({ text }: { text: string }) {
  return (
    <p className="invisible whitespace-pre-wrap" aria-hidden="true">
      {text.slice(0, MOST)}
    </p>
  );
}
