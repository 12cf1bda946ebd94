import { optionalPackages } from "../../state/optional-packages.ts";
import type { Call } from "../command.ts";

/** `apt-get install NAME…`: the packages that the lab's repository has beside the installation. Gives the exit code. */
export async function install(
  { world, node, args, out, err, signal }: Call,
  names: readonly string[],
): Promise<number> {
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
