import { watch } from "node:fs";
import { runbooksFolder } from "./sources.ts";

/** Editors write a file in several goes. */
const SETTLED_MS = 150;

/** Calls `look` once, then after each change below the folders of these paths, one call at a time, until the signal aborts. */
export async function watchSources(
  paths: readonly string[],
  look: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const folders = new Set(await Promise.all(paths.map(runbooksFolder)));
  let wake: (() => void) | undefined;
  let changed = false;
  const notice = () => {
    changed = true;
    wake?.();
  };
  const watchers = [...folders].map((folder) => watch(folder, { recursive: true, persistent: true }, notice));
  signal.addEventListener("abort", notice, { once: true });
  try {
    while (!signal.aborted) {
      changed = false;
      await look();
      while (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    }
  } finally {
    signal.removeEventListener("abort", notice);
    for (const watcher of watchers) watcher.close();
  }
}
