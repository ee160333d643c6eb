/**
 * The live bus: what is happening now, told to whoever listens. Never the source of truth: a message may be lost,
 * and everything it says can be read from the database.
 */
export interface LiveBus {
  /** Tells everybody who listens to `topic`, in this process and, where the bus reaches them, in others. */
  publish(topic: string, message: unknown): void;
  /** Listens to a topic until the returned function is called. Called synchronously for messages of this process. */
  subscribe(topic: string, listener: (message: unknown) => void): () => void;
  /** Called when messages may have been missed (a connection was lost): read the database again. */
  onGap(listener: () => void): () => void;
  close(): Promise<void>;
}
