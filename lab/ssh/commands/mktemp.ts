import { randomInt } from "node:crypto";
import type { LabCommand } from "../command.ts";
import { parseFlags } from "./flags.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** A fresh file (0600), or with -d a fresh directory (0700); -p DIR, -t and templates ending in X's. */
export const mktemp: LabCommand = {
  name: "mktemp",
  async run({ args, fs, cwd, out, err }) {
    const { flags, operands } = parseFlags(args, "p");
    const [template = "tmp.XXXXXXXXXX"] = operands;
    const marks = /X{3,}(?=[^X]*$)/.exec(template)?.[0];
    if (marks === undefined) {
      err(`mktemp: too few X's in template '${template}'\n`);
      return 1;
    }
    const random = [...marks].map(() => LETTERS[randomInt(LETTERS.length)]).join("");
    const name = template.replace(/X{3,}(?=[^X]*$)/, random);
    const folder =
      flags.get("p") ?? flags.get("tmpdir") ?? (operands.length === 0 || flags.has("t") ? "/tmp" : undefined);
    const path = folder === undefined ? name : `${folder || "/tmp"}/${name}`;
    const place = fs.resolvePath(cwd, path);
    if (flags.has("d")) await fs.mkdir(place);
    else await fs.writeFile(place, "");
    await fs.chmod(place, flags.has("d") ? 0o700 : 0o600);
    out(`${path}\n`);
    return 0;
  },
};
