import type { Terminal } from "./terminal.ts";

/** Two signals: the first interruption ends the current step, the second the clean-up too. A third ends the process as usual. */
export interface Interrupts {
  readonly first: AbortSignal;
  readonly second: AbortSignal;
  release(): void;
}

const OF_A_RUN = "l’étape en cours est arrêtée, puis le nettoyage est fait. Encore une fois pour l’arrêter aussi.";

/**
 * Listens to Ctrl-C and to a request to end, until `release`; `announced` is what the first one does. A Ctrl-C that `taken` says yes to
 * is somebody else's.
 */
export function onInterrupt(terminal: Terminal, announced = OF_A_RUN, taken: () => boolean = () => false): Interrupts {
  const first = new AbortController();
  const second = new AbortController();
  const handle = (signal?: NodeJS.Signals): void => {
    if (signal !== "SIGTERM" && !first.signal.aborted && taken()) return;
    if (!first.signal.aborted) {
      terminal.err(`\nInterruption : ${announced}\n`);
      first.abort();
    } else {
      // Whoever insists a third time gets what a signal does by itself.
      release();
      second.abort();
    }
  };
  const release = (): void => {
    process.off("SIGINT", handle);
    process.off("SIGTERM", handle);
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
  return { first: first.signal, second: second.signal, release };
}
