import { type AptSource, aptSources } from "../../state/apt/sources.ts";
import type { Call, LabCommand } from "../command.ts";
import { install } from "./apt-install.ts";

/** `apt-get update`: each source is asked; those of the enterprise refuse a machine without a subscription. Not recorded. */
export const aptGet: LabCommand = {
  name: "apt-get",
  run: (call) => {
    const [verb, ...rest] = call.args.filter((arg) => !arg.startsWith("-"));
    if (verb === "update" && rest.length === 0) return update(call);
    if (verb === "install") return install(call, rest);
    call.err(`LAB: apt-get ${call.args.join(" ")}: not simulated\n`);
    return 100;
  },
};

function update({ node, out, err }: Call): number {
  const asked = aptSources(node)
    .filter(({ enabled }) => enabled)
    .flatMap((source) => source.suites.map((suite) => ({ source, suite })));
  asked.forEach(({ source, suite }, index) => {
    const [base] = source.uris;
    if (isRefused(source))
      out(`Err:${index + 1} ${base} ${suite} InRelease\n  401  Unauthorized [IP: 198.51.100.20 443]\n`);
    else out(`Hit:${index + 1} ${base} ${suite} InRelease\n`);
  });
  out("Reading package lists... Done\n");
  const refused = asked.filter(({ source }) => isRefused(source));
  for (const { source, suite } of refused) {
    const base = `${source.uris[0]}`;
    err(`E: Failed to fetch ${base}/dists/${suite}/InRelease  401  Unauthorized [IP: 198.51.100.20 443]\n`);
    err(`E: The repository '${base} ${suite} InRelease' is not signed.\n`);
    err("N: Updating from such a repository can't be done securely, and is therefore disabled by default.\n");
    err("N: See apt-secure(8) manpage for repository creation and user configuration details.\n");
  }
  return refused.length === 0 ? 0 : 100;
}

function isRefused({ uris }: AptSource): boolean {
  return uris.some((uri) => uri.startsWith("https://enterprise.proxmox.com/"));
}
