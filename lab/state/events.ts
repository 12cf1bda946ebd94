/** What the doors must know at once: sockets to destroy, certificates to change, proxies to stop and start. */
export type LabEvent =
  | { readonly type: "power"; readonly node: string; readonly power: "on" | "off" }
  /** Whoever is connected by ssh loses the connection; the port goes on answering. */
  | { readonly type: "cable"; readonly node: string }
  | { readonly type: "certificate"; readonly node: string }
  | { readonly type: "proxy"; readonly node: string; readonly state: "up" | "down" }
  | { readonly type: "machine"; readonly node: string; readonly running: boolean }
  | { readonly type: "guest"; readonly node: string; readonly vmid: number; readonly running: boolean }
  | { readonly type: "controller"; readonly node: string; readonly state: "up" | "down" }
  | { readonly type: "membership"; readonly node: string };

/** A tiny bus inside one lab: `on` gives back the function that stops listening. */
export interface LabEvents {
  on(listener: (event: LabEvent) => void): () => void;
  emit(event: LabEvent): void;
}

/** Makes an empty bus. */
export function createEvents(): LabEvents {
  const listeners = new Set<(event: LabEvent) => void>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
  };
}
