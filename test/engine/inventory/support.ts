import { VFile } from "vfile";
import { parseInventory } from "../../../engine/inventory/index.ts";

/** An inventory's chain as files in memory: path and text, base first. */
export function chain(...files: readonly (readonly [path: string, text: string])[]): readonly VFile[] {
  return files.map(([path, value]) => new VFile({ path, value }));
}

/** The messages of one inventory file as lines: `line:column rule — reason — remedy`. */
export function mistakesOf(text: string): readonly string[] {
  const files = chain(["site.yaml", text]);
  if (parseInventory(files) !== undefined) return [];
  return messagesOf(files);
}

/** All messages of a chain; the file is named when there are several. */
export function messagesOf(files: readonly VFile[]): readonly string[] {
  return files.flatMap((file) =>
    file.messages.map(({ line, column, ruleId, reason, note, fatal }) => {
      const place = `${files.length > 1 ? `${file.path}:` : ""}${line}:${column}`;
      return `${place} ${ruleId}${fatal ? "" : " (not fatal)"} — ${reason} — ${note}`;
    }),
  );
}
