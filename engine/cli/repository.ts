import { dirname } from "node:path";
import { execa } from "execa";
import type { RunStarted } from "../model/event.ts";

/** The commit that the runbooks stand at; undefined where there is no git, or no repository. */
export async function repositoryOf(file: string): Promise<RunStarted["repository"]> {
  const git = (...args: readonly string[]) =>
    execa("git", ["-C", dirname(file), ...args], {
      stdin: "ignore",
      timeout: 10_000,
      env: { GIT_OPTIONAL_LOCKS: "0" },
    });
  try {
    const commit = (await git("rev-parse", "--verify", "HEAD")).stdout.trim();
    if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
    return { commit, modified: (await git("status", "--porcelain", "--", ".")).stdout.trim() !== "" };
  } catch {
    return undefined;
  }
}
