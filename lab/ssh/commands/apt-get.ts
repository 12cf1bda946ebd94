import { optionalPackages } from "../../state/optional-packages.ts";
import type { Call, LabCommand } from "../command.ts";

/** `apt-get update`, and `apt-get install -y NAME…` for the packages that the lab's repository has beside the installation. */
export const aptGet: LabCommand = {
  name: "apt-get",
  async run(call) {
    const [verb = "", ...names] = call.args.filter((arg) => !arg.startsWith("-"));
    if (verb === "update") return await update(call);
    if (verb === "install") return await install(call, names);
    call.err(`constat-lab: « apt-get ${verb} » n’est pas simulé par ce laboratoire\n`);
    return 100;
  },
};

async function update({ world, node, out, signal }: Call): Promise<number> {
  const { debian } = node.versions;
  const lines = [
    `Hit:1 http://deb.debian.org/debian ${debian} InRelease`,
    `Hit:2 http://download.proxmox.com/debian/pve ${debian} InRelease`,
    "Reading package lists...",
  ];
  for (const line of lines) {
    await world.clock.sleep(400, signal);
    out(`${line}\n`);
  }
  return 0;
}

async function install({ world, node, args, out, err, signal }: Call, names: readonly string[]): Promise<number> {
  const known = optionalPackages(world.dialect);
  const quiet = args.some((arg) => /^-q|^--quiet/.test(arg));
  const say = (text: string) => (quiet ? undefined : out(`${text}\n`));
  say("Reading package lists...\nBuilding dependency tree...\nReading state information...");
  const missing = names.filter((name) => !known.has(name));
  for (const name of missing) err(`E: Unable to locate package ${name}\n`);
  if (missing.length > 0) return 100;
  const added = names.filter((name) => !node.packages.has(name));
  for (const name of names.filter((each) => !added.includes(each))) {
    say(`${name} is already the newest version (${known.get(name)}).`);
  }
  if (added.length > 0) say(`The following NEW packages will be installed:\n  ${added.join(" ")}`);
  say(`0 upgraded, ${added.length} newly installed, 0 to remove and 0 not upgraded.`);
  for (const name of added) {
    const version = known.get(name) ?? "";
    await world.clock.sleep(1500, signal);
    out(
      `Selecting previously unselected package ${name}.\nUnpacking ${name} (${version}) ...\nSetting up ${name} (${version}) ...\n`,
    );
    node.packages.set(name, version);
  }
  return 0;
}
