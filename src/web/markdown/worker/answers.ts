/** Keeps the latest answers by what was asked (an LRU cache), so that a chat that is opened again is drawn at once. */
export class Answers<A> {
  readonly #most: number;
  readonly #kept = new Map<string, A>();
  #characters = 0;

  /** `most`: characters of questions; answers are in proportion to them. */
  constructor(most: number) {
    this.#most = most;
  }

  get(question: string): A | undefined {
    const answer = this.#kept.get(question);
    if (answer === undefined) return undefined;
    this.#kept.delete(question);
    this.#kept.set(question, answer);
    return answer;
  }

  keep(question: string, answer: A): void {
    if (this.#kept.delete(question)) this.#characters -= question.length;
    this.#kept.set(question, answer);
    this.#characters += question.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= this.#most) break;
      this.#kept.delete(oldest);
      this.#characters -= oldest.length;
    }
  }
}
