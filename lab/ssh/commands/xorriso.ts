import { putHeavyFile } from "../../state/heavy-files.ts";
import type { Call, LabCommand } from "../command.ts";
import { parseFlags } from "./flags.ts";

/** `xorriso -as mkisofs -V LABEL -o FILE FOLDER`: a CD image with the files of a folder. Absent until it is installed. */
export const xorriso: LabCommand = {
  name: "xorriso",
  async run(call) {
    if (!call.node.packages.has("xorriso")) {
      call.err("bash: line 1: xorriso: command not found\n");
      return 127;
    }
    const [as, personality, ...rest] = call.args;
    if (as !== "-as" || !/^(?:mkisofs|genisofs)$/.test(personality ?? "")) {
      call.err("constat-lab: seul « xorriso -as mkisofs » est simulé par ce laboratoire\n");
      return 1;
    }
    const { flags, operands } = parseFlags(rest, "oV");
    return await master(call, flags, operands);
  },
};

async function master(call: Call, flags: ReadonlyMap<string, string>, folders: readonly string[]): Promise<number> {
  const { world, node, fs, cwd } = call;
  const output = flags.get("o") ?? "";
  const files = new Map<string, string>();
  for (const folder of folders) {
    const place = fs.resolvePath(cwd, folder);
    if (!(await fs.exists(place))) {
      call.err(
        `xorriso : FAILURE : Cannot determine attributes of source file '${place}' : No such file or directory\n`,
      );
      return 5;
    }
    const entries = (await fs.stat(place)).isDirectory
      ? (await fs.readdir(place)).map((name) => `${place}/${name}`)
      : [place];
    for (const path of entries) files.set(path.split("/").at(-1) ?? "", await fs.readFile(path));
  }
  const path = fs.resolvePath(cwd, output);
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const sectors = 175 + Math.ceil(bytes / 2048);
  await fs.writeFile(path, "");
  const image = { type: "files", label: flags.get("V") ?? "ISOIMAGE", files } as const;
  putHeavyFile(node, path, { size: sectors * 2048, image }, world.clock.seconds());
  if (flags.has("quiet")) return 0;
  call.err(`xorriso : UPDATE : ${files.size} files added in 1 seconds\nISO image produced: ${sectors} sectors\n`);
  call.err(`Written to medium : ${sectors} sectors at LBA 0\nWriting to 'stdio:${output}' completed successfully.\n\n`);
  return 0;
}
