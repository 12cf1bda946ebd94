import { placeText } from "./ssh-config/index.ts";
import type { SshRoute } from "./ssh-route.ts";
import type { SshStop } from "./ssh-stop.ts";

/** `pve1 (192.0.2.5:22, selon ~/.ssh/config ligne 4)`: which server a message is about, and who said that it is this one. */
export function stopText(stop: SshStop): string {
  const { host, port } = stop.endpoint;
  const according = placesText(stop.said.filter(({ value }) => !value.startsWith("IdentityFile ")));
  return `${stop.label} (${host}:${port}${according === "" ? "" : `, selon ${according}`})`;
}

/** The same at the head of a sentence. */
export function stopSubject(stop: SshStop): string {
  return stopText(stop).replace(/^la machine/, "La machine");
}

/** `~/.ssh/config lignes 3 et 5 à 8`: where several things are said; empty for none. */
export function placesText(said: SshStop["said"]): string {
  const files = Map.groupBy(said, ({ place }) => place.file);
  return [...files]
    .map(([file, all]) => {
      const lines = [...new Set(all.map(({ place }) => place.line))].sort((a, b) => a - b);
      const [line] = lines;
      return lines.length === 1 && line !== undefined
        ? placeText({ file, line })
        : `${file} lignes ${LIST.format(stretches(lines))}`;
    })
    .join(", ");
}

/**
 * `root@192.0.2.5:22, par admin@bastion:22, selon ~/.ssh/config lignes 3 et 4`: the way to a node, when the ssh configuration has a part
 * in it or there are machines to pass through; else undefined.
 */
export function routeText(route: SshRoute): string | undefined {
  const node = route.at(-1);
  if (node === undefined || (route.length === 1 && node.said.length === 0)) return undefined;
  const through = route.slice(0, -1).map(who);
  const said = placesText(route.toReversed().flatMap((stop) => stop.said));
  return [
    who(node),
    ...(through.length === 0 ? [] : [`par ${through.join(" puis ")}`]),
    ...(said === "" ? [] : [`selon ${said}`]),
  ].join(", ");
}

const LIST = new Intl.ListFormat("fr", { type: "conjunction" });

/** Three lines or more that follow each other are said as one stretch. */
function stretches(lines: readonly number[]): readonly string[] {
  const runs: number[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === line - 1) run.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${run[0]} à ${run.at(-1)}`] : run.map(String)));
}

function who({ user, endpoint, connect = endpoint }: SshStop): string {
  return `${user}@${connect.host}:${connect.port}`;
}
