import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Block } from "../../model/runbook.ts";

const EXTENSIONS: Readonly<Record<string, string>> = { bash: "sh", sh: "sh", http: "http", yaml: "yaml", text: "txt" };

/** What came back from the editor. */
export type Edited =
  | { readonly status: "changed"; readonly body: string }
  | { readonly status: "same" }
  | { readonly status: "failed"; readonly reason: string };

/** Opens the person's editor ($VISUAL, $EDITOR, else vi) on a block's text, in a file that nobody else can read and that goes away. */
export async function editBody(block: Block, body: string, env: NodeJS.ProcessEnv = process.env): Promise<Edited> {
  const folder = await mkdtemp(join(tmpdir(), "constat-"));
  try {
    const file = join(folder, `${block.id}.${EXTENSIONS[block.language] ?? "txt"}`);
    await writeFile(file, body.endsWith("\n") ? body : `${body}\n`, { mode: 0o600 });
    const editor = env["VISUAL"] || env["EDITOR"] || "vi";
    // The editor may come with arguments of its own.
    const child = spawn("sh", ["-c", `${editor} "$1"`, "sh", file], { stdio: "inherit", env });
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    if (code !== 0)
      return { status: "failed", reason: `L’éditeur « ${editor} » a échoué (${signal ?? `code ${code}`}).` };
    const text = await readFile(file, "utf8");
    const edited = body.endsWith("\n") ? text : text.replace(/\n$/, "");
    return edited === body ? { status: "same" } : { status: "changed", body: edited };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
