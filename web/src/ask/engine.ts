/** The engine as the page sees it: one question at a time, that can be cancelled, with limits that say so. */

import type { Answer, Reply, Request } from "./messages";
import { refusal } from "./tokens";

/** Rows that a page can hold. */
export const MOST_ROWS = 200_000;

/** A question that got no answer, and where in its text the reason lies, if the engine says so. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(message);
  }
}

export class Cancelled extends Error {}

export interface Loaded {
  quads: number;
  milliseconds: number;
}

export interface Answered {
  answer: Answer;
  milliseconds: number;
}

interface Waiting {
  id: number;
  resolve: (answered: Answered) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

export class Engine {
  readonly #dump: string;
  #worker: Worker;
  #loaded: Promise<Loaded>;
  #waiting: Waiting | undefined;
  #last = 0;
  #stopLoading: ((error: Error) => void) | undefined;

  constructor(dump: string) {
    this.#dump = dump;
    [this.#worker, this.#loaded] = this.#started();
  }

  /** What was loaded; fails where the dump cannot be. */
  get loaded(): Promise<Loaded> {
    return this.#loaded;
  }

  /** Ask; fails with `Refused`, or with `Cancelled` when it was cancelled. */
  async ask(query: string, options: { derived?: boolean; seconds?: number } = {}): Promise<Answered> {
    const { derived = true, seconds = 60 } = options;
    const why = refusal(query);
    if (why) {
      throw new Refused(why);
    }
    await this.#loaded;
    if (this.#waiting) {
      throw new Refused("Another question is being answered. Wait for it, or cancel it.");
    }
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#restart();
        reject(new Refused(`No answer within ${seconds} seconds. Ask for less, or allow more time.`));
      }, seconds * 1000);
      this.#waiting = { id, resolve, reject, timer };
      this.#send({ do: "query", id, query, derived, most: MOST_ROWS });
    });
  }

  /** Stop answering; the dataset is loaded anew. */
  cancel(): void {
    const waiting = this.#waiting;
    if (waiting) {
      this.#restart();
      waiting.reject(new Cancelled("Cancelled."));
    }
  }

  #started(): [Worker, Promise<Loaded>] {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "oxigraph" });
    const loaded = new Promise<Loaded>((resolve, reject) => {
      this.#stopLoading = reject;
      worker.addEventListener("message", (event: MessageEvent<Reply>) => this.#heard(event.data, resolve, reject));
      worker.addEventListener("error", (event) => {
        const error = new Refused(event.message || "The engine could not be started in this browser.");
        reject(error);
        this.#settle()?.reject(error);
      });
    });
    loaded.catch(() => undefined); // Whoever asks hears of it.
    worker.postMessage({ do: "load", dump: this.#dump } satisfies Request);
    return [worker, loaded];
  }

  #heard(reply: Reply, resolve: (loaded: Loaded) => void, reject: (error: Error) => void): void {
    switch (reply.said) {
      case "loaded":
        resolve(reply);
        return;
      case "cannot load":
        reject(new Refused(reply.why));
        return;
      case "answer":
        this.#settle(reply.id)?.resolve(reply);
        return;
      case "error":
        this.#settle(reply.id)?.reject(new Refused(reply.why, reply.line, reply.column));
        return;
      case "broken": {
        const waiting = this.#settle(reply.id);
        this.#restart();
        waiting?.reject(new Refused(`The engine failed on this query and was started anew (${reply.why}).`));
      }
    }
  }

  #settle(id?: number): Waiting | undefined {
    const waiting = this.#waiting;
    if (!waiting || (id !== undefined && waiting.id !== id)) {
      return undefined;
    }
    clearTimeout(waiting.timer);
    this.#waiting = undefined;
    return waiting;
  }

  #restart(): void {
    this.#settle();
    this.#worker.terminate();
    this.#stopLoading?.(new Cancelled("Started anew."));
    [this.#worker, this.#loaded] = this.#started();
  }

  #send(request: Request): void {
    this.#worker.postMessage(request);
  }
}
