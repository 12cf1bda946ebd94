import type { ExecResult, IFileSystem } from "just-bash";
import { systemText } from "./bash-words.ts";

/** Tries what a redirection is about to do to each file; the answer is bash's message and exit code 1 when one cannot be written. */
export async function openForWriting(fs: IFileSystem, paths: readonly string[], cwd: string): Promise<ExecResult> {
  for (const path of paths) {
    const reason = await refusalOf(fs, fs.resolvePath(cwd, path));
    if (reason !== undefined) return { stdout: "", stderr: `bash: line 1: ${path}: ${reason}\n`, exitCode: 1 };
  }
  return { stdout: "", stderr: "", exitCode: 0 };
}

async function refusalOf(fs: IFileSystem, path: string): Promise<string | undefined> {
  try {
    const exists = await fs.exists(path);
    if (exists && (await fs.stat(path)).isDirectory) return systemText("EISDIR");
    if (!exists && !(await fs.exists(fs.resolvePath(path, "..")))) return systemText("ENOENT");
    await fs.appendFile(path, "");
    return undefined;
  } catch (error) {
    return systemText(error instanceof Error ? error.message : String(error));
  }
}
