import type { Guest } from "./guest.ts";
import { type InsideGuest, type ProgramEnd, runInGuest } from "./guest-programs.ts";
import { PveError, parameterError } from "./pve-error.ts";

const started = new WeakMap<Guest, Map<number, ProgramEnd | undefined>>();
const lastPid = new WeakMap<Guest, number>();

/** Starts a program through the guest agent and gives its number inside the guest; a program that is not there is refused as QEMU does. */
export function startInGuest(inside: InsideGuest, command: readonly string[]): number {
  const { guest, world } = inside;
  const running = runInGuest(inside, command, world.signal);
  if (!running) {
    const reason = "Failed to execute child process";
    throw new PveError(
      `Agent error: Guest agent command failed, error was '${reason} “${command[0]}” (No such file or directory)'`,
    );
  }
  const programs = started.get(guest) ?? new Map<number, ProgramEnd | undefined>();
  started.set(guest, programs);
  const pid = (lastPid.get(guest) ?? 797) + 3;
  lastPid.set(guest, pid);
  programs.set(pid, undefined);
  running.then(
    (end) => programs.set(pid, end),
    // The lab's end is the only rejection: nobody asks any more.
    () => {},
  );
  return pid;
}

/** How a program of that number is: running, or ended with its output. As QEMU's agent does, the end is told once and then forgotten. */
export function statusInGuest(guest: Guest, pid: number): Readonly<Record<string, unknown>> {
  const programs = started.get(guest);
  if (!programs?.has(pid)) throw new PveError(`Agent error: Invalid parameter 'pid'`);
  const end = programs.get(pid);
  if (!end) return { exited: 0 };
  programs.delete(pid);
  return {
    exited: 1,
    exitcode: end.exitcode,
    ...(end.out === "" ? {} : { "out-data": end.out }),
    ...(end.err === "" ? {} : { "err-data": end.err }),
  };
}

/** The parts of a command that came as one text: an array of the API, its elements parted by the character 0. */
export function commandParts(text: string | undefined): readonly string[] {
  if (text === undefined || text === "")
    throw parameterError({ command: "property is missing and it is not optional" });
  return text.split("\0");
}
