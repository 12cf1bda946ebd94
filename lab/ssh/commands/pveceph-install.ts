import type { CephRepository } from "../../state/ceph/ceph-cluster.ts";
import { installCeph } from "../../state/ceph/install-ceph.ts";
import { releaseOf, releasesOf } from "../../state/ceph/release.ts";
import { parameterError } from "../../state/pve-error.ts";
import type { Call } from "../command.ts";
import type { PveArguments } from "./pve-options.ts";

const REPOSITORIES: readonly CephRepository[] = ["enterprise", "no-subscription", "test", "manual"];

/** `pveceph install`: asks twice on a terminal, itself without --version and apt always. */
export async function installCommand(call: Call, { options }: PveArguments): Promise<number> {
  const { world, node, out, err, signal } = call;
  const { repository: from = "enterprise", version } = options;
  const known = releasesOf(world.dialect);
  const repository = REPOSITORIES.find((each) => each === from);
  const release = known.find((each) => each === (version ?? known[0]));
  const choices = { ...(repository ? {} : { repository: REPOSITORIES }), ...(release ? {} : { version: known }) };
  if (!repository || !release)
    throw parameterError(enumerations(choices, { repository: from, version: version ?? "" }));
  const answer = answers(call);
  const { series } = releaseOf(release);
  const title = `${series} ${release.charAt(0).toUpperCase()}${release.slice(1)}`;
  if (call.terminal && version === undefined) {
    out(`This will install Ceph ${title} - continue (y/N)? `);
    if (!/^\s*y(?:es)?\s*$/i.test((await answer()) ?? "")) {
      err("Aborting installation as requested\n");
      return 255;
    }
  }
  const confirm = async (question: string) => {
    out(question);
    const given = await answer();
    // End of input is no; an empty line is yes.
    return given !== undefined && /^\s*(?:y(?:es)?)?\s*$/i.test(given);
  };
  const print = (text: string, channel?: "out" | "err") => (channel === "err" ? err : out)(text);
  await installCeph(world, node, { release, repository, confirm }, print, signal);
  return 0;
}

/** The next line of the terminal or of standard input; undefined at its end. */
function answers({ terminal, stdin, signal }: Call): () => Promise<string | undefined> {
  const lines = stdin === "" ? [] : stdin.replace(/\n$/, "").split("\n");
  return async () => {
    const ahead = lines.shift();
    if (ahead !== undefined || !terminal) return ahead;
    return await terminal.readLine(signal);
  };
}

function enumerations(
  choices: Readonly<Record<string, readonly string[]>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(choices).map(([name, list]) => [
      name,
      `value '${given[name] ?? ""}' does not have a value in the enumeration '${list.join(", ")}'`,
    ]),
  );
}
