import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { MAIN } from "./run-cli.ts";
import { descendants } from "./sshd.ts";

const DEADLINE_MS = 45_000;
let sessions = 0;

/** A real terminal with a shell in it, on a tmux server of its own that goes away with the test. */
export interface TmuxTerminal {
  /** Presses keys in tmux's names (`Enter`, `C-c`, `p`). */
  press(...keys: readonly string[]): void;
  /** Types a text, then Enter. */
  enter(text: string): void;
  /** What the screen shows now, without the empty end. */
  screen(): string;
  /** Waits until the screen shows it; its rows then. The failure shows the screen. */
  shows(pattern: RegExp): Promise<string>;
  resize(columns: number, rows: number): void;
  /** Kills the command line that runs in it, as a power cut would. */
  kill(): void;
}

/** Opens a terminal of this size in a folder, where `constat` is the command line. */
export function openTmux(
  folder: string,
  { columns = 80, rows = 24, env = {} }: { columns?: number; rows?: number; env?: NodeJS.ProcessEnv } = {},
): TmuxTerminal {
  sessions += 1;
  const server = `constat-${process.pid}-${sessions}`;
  const bin = join(folder, ".bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "constat"), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  chmodSync(join(bin, "constat"), 0o755);
  const tmux = (...args: readonly string[]): string => {
    const done = spawnSync("tmux", ["-u", "-L", server, ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, CI: "", NO_COLOR: "1", PS1: "$ ", ...env, PATH: `${bin}:${process.env["PATH"]}` },
    });
    if (done.status !== 0) throw new Error(`tmux ${args[0]}: ${done.stderr}`);
    return done.stdout;
  };
  const size = ["-x", String(columns), "-y", String(rows)];
  tmux("-f", "/dev/null", "new-session", "-d", ...size, "-s", "a", "sh");
  onTestFinished(() => {
    spawnSync("tmux", ["-L", server, "kill-server"]);
  });
  const screen = (): string => tmux("capture-pane", "-p", "-t", "a").trimEnd();
  return {
    press: (...keys) => void tmux("send-keys", "-t", "a", ...keys),
    enter: (text) => {
      tmux("send-keys", "-t", "a", "-l", text);
      tmux("send-keys", "-t", "a", "Enter");
    },
    screen,
    shows: async (pattern) => {
      const over = Date.now() + DEADLINE_MS;
      for (;;) {
        const shown = screen();
        if (pattern.test(shown)) return shown;
        if (Date.now() > over) throw new Error(`The screen never showed ${pattern}:\n${shown}`);
        await sleep(50);
      }
    },
    resize: (width, height) => void tmux("resize-window", "-t", "a", "-x", String(width), "-y", String(height)),
    kill: () => {
      const pane = Number(tmux("list-panes", "-t", "a", "-F", "#{pane_pid}"));
      for (const pid of descendants(pane)) process.kill(pid, "SIGKILL");
    },
  };
}
