import type { Terminal } from "./terminal.ts";

/** Two signals: the first interruption ends the current step, the second the clean-up too. A third ends the process as usual. */
export interface Interrupts {
  readonly first: AbortSignal;
  readonly second: AbortSignal;
  release(): void;
}

/** Listens to Ctrl-C and to a request to end, until `release`. */
export function onInterrupt(terminal: Terminal): Interrupts {
  const first = new AbortController();
  const second = new AbortController();
  const handle = (): void => {
    if (!first.signal.aborted) {
      terminal.err(
        "\nInterruption : l’étape en cours est arrêtée, puis le nettoyage est fait. Encore une fois pour l’arrêter aussi.\n",
      );
      first.abort();
    } else if (!second.signal.aborted) second.abort();
    else release();
  };
  const release = (): void => {
    process.off("SIGINT", handle);
    process.off("SIGTERM", handle);
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
  return { first: first.signal, second: second.signal, release };
}
