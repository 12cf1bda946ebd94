/** The person at the terminal, asked one question at a time. */
export interface SshPerson {
  /** One line, without its end; `hidden`: what is typed is not shown. Rejects when the signal is aborted or the terminal was closed. */
  ask(question: string, how: "shown" | "hidden", signal: AbortSignal): Promise<string>;
}

/** Answers given once hold for every connection of a run; they are kept in memory alone. */
export interface SshAnswers {
  /** The kept answer, else the one that `ask` brings; undefined when nobody can be asked. A kept answer that was wrong is asked again. */
  get(what: string, ask: () => Promise<string>): Promise<string>;
  forget(what: string): void;
}

/** Nothing is known at first. Questions about the same thing that come together are asked once. */
export function createSshAnswers(): SshAnswers {
  const kept = new Map<string, Promise<string>>();
  return {
    get: async (what, ask) => {
      const known = kept.get(what);
      if (known !== undefined) return await known;
      const asked = ask();
      kept.set(what, asked);
      try {
        return await asked;
      } catch (error) {
        kept.delete(what);
        throw error;
      }
    },
    forget: (what) => void kept.delete(what),
  };
}
