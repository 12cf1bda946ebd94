import { describe, expect, it } from "vitest";
import { type ScriptEnd, scriptOnNode } from "./script-on-node.ts";

const GIB = 1024 ** 3;

/** A node that has so many bytes left on its root, and as many as are said where Proxmox keeps the configuration of the cluster. */
function guardOn(id: string, place_racine: string, root: number, cluster = root): Promise<ScriptEnd> {
  const df = `echo "      Avail"
for path in "$@"; do
  case "$path" in /) echo " ${root}" ;; /var/lib/pve-cluster) echo "${cluster}" ;; esac
done`;
  return scriptOnNode(id, { place_racine }, { df, hostname: "echo pve1" });
}

describe.each(["place-cluster", "migration-place", "sdn-place"])("the guard of room #%s", (id) => {
  it.each<[string, string, number, number]>([
    ["more than is asked", "256", 30 * GIB, 30 * GIB],
    ["just what is asked", "1024", GIB, 30 * GIB],
  ])("passes with %s", async (_, asked, root, cluster) => {
    expect(await guardOn(id, asked, root, cluster)).toEqual({
      ...{ code: 0, stdout: "la racine a assez de place\n", stderr: "" },
    });
  });

  it.each<[string, string, number, number, RegExp]>([
    ["a full root", "256", 0, 30 * GIB, /racine de pve1 est pleine.* 0 Mio libres, il en faut « 256 »/],
    ["a full /var/lib/pve-cluster", "256", 30 * GIB, GIB / 8, /pve-cluster : 128 Mio libres, il en faut « 256 »/],
    ["a room that is no number", "1 Gio", 30 * GIB, 30 * GIB, /il en faut « 1 Gio » \(un nombre de Mio\)/],
    ["no room asked", "", 30 * GIB, 30 * GIB, /il en faut « {2}» \(un nombre de Mio\)/],
  ])("fails with %s, and says so", async (_, asked, root, cluster, says) => {
    const { code, stdout, stderr } = await guardOn(id, asked, root, cluster);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(says);
  });

  it("fails on a node whose room cannot be read", async () => {
    const { code, stdout } = await scriptOnNode(id, { place_racine: "256" }, { df: "exit 1", hostname: "echo pve1" });
    expect([code, stdout]).toEqual([1, ""]);
  });
});
