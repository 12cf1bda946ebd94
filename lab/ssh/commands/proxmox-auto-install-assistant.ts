import { parseAnswerFile } from "../../machine/answer-file.ts";
import type { AnswerSource, DiscImage } from "../../state/disc-image.ts";
import { heavyFile, putHeavyFile } from "../../state/heavy-files.ts";
import { errorText } from "../../state/pve-error.ts";
import { roomOnRoot } from "../../state/room.ts";
import type { Call, LabCommand } from "../command.ts";

/** Bytes that the preparation adds to an image. */
const ADDED = 65_536;

/** `validate-answer FILE` and `prepare-iso ISO --fetch-from iso|partition`: absent until it is installed. Texts from its public source. */
export const proxmoxAutoInstallAssistant: LabCommand = {
  name: "proxmox-auto-install-assistant",
  async run(call) {
    if (!call.node.packages.has("proxmox-auto-install-assistant")) {
      call.err("bash: line 1: proxmox-auto-install-assistant: command not found\n");
      return 127;
    }
    const [verb = "", ...rest] = call.args;
    try {
      if (verb === "validate-answer") return await validate(call, rest[0] ?? "");
      if (verb === "prepare-iso") return await prepare(call, rest);
    } catch (error) {
      call.err(`Error: ${errorText(error)}\n`);
      return 1;
    }
    call.err(`error: unrecognized subcommand '${verb}'\n`);
    return 2;
  },
};

async function validate(call: Call, path: string): Promise<number> {
  try {
    parseAnswerFile(await textAt(call, path));
  } catch (error) {
    call.err(`Error parsing answer file: ${errorText(error)}\nError: Found issues in the answer file.\n`);
    return 1;
  }
  call.out("The answer file was parsed successfully, no errors found!\n");
  return 0;
}

async function prepare(call: Call, args: readonly string[]): Promise<number> {
  const { world, node, out, signal } = call;
  const { input, options } = optionsOf(args);
  const from = options.get("fetch-from") ?? "iso";
  if (!call.node.packages.has("xorriso")) throw new Error("Could not find the 'xorriso' binary. Please install it.");
  if (from === "iso" && !options.has("answer-file"))
    throw new Error("Missing path to the answer file required for the fetch-from 'iso' mode.");
  if (from === "partition" && options.has("answer-file"))
    throw new Error("You must set '--fetch-from' to 'iso' to place the answer file directly in the ISO.");
  if (from === "http") throw new Error("LAB: answers over HTTP are not simulated");
  const path = call.fs.resolvePath(call.cwd, input);
  const source = heavyFile(node, path);
  if (source?.image?.type !== "installer")
    throw new Error("Could not find the proxmox ISO: No such file or directory (os error 2)");
  const answers: AnswerSource =
    from === "iso"
      ? { from: "iso", answer: await textAt(call, options.get("answer-file") ?? "") }
      : { from: "partition", label: options.get("partition-label") ?? "proxmox-ais" };
  if (answers.from === "iso") {
    out("Checking provided answer file...\n");
    parseAnswerFile(answers.answer);
  }
  out("Copying source ISO to temporary location...\n");
  if (roomOnRoot(world, node) < source.size) throw new Error("No space left on device (os error 28)");
  await world.clock.sleep(3000, signal);
  out("Preparing ISO...\n");
  await world.clock.sleep(1500, signal);
  out("Moving prepared ISO to target location...\n");
  const target = call.fs.resolvePath(
    call.cwd,
    options.get("output") ?? path.replace(/\.iso$/, `-auto-from-${from}.iso`),
  );
  const image: DiscImage = { type: "installer", answers };
  await call.fs.writeFile(target, "");
  putHeavyFile(node, target, { size: source.size + ADDED, image }, world.clock.seconds());
  out(`Final ISO is available at "${target}".\n`);
  return 0;
}

function optionsOf(args: readonly string[]): { readonly input: string; readonly options: ReadonlyMap<string, string> } {
  const options = new Map<string, string>();
  let input = "";
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    const [name = "", inline] = word.split("=");
    if (name.startsWith("--")) options.set(name.slice(2), inline ?? rest.shift() ?? "");
    else input = word;
  }
  return { input, options };
}

async function textAt({ fs, cwd }: Call, path: string): Promise<string> {
  try {
    return await fs.readFile(fs.resolvePath(cwd, path));
  } catch {
    throw new Error(`Opening answer file "${path}" failed: No such file or directory (os error 2)`);
  }
}
