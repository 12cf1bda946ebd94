import { describe, expect, it } from "vitest";
import { scriptOnNode } from "./script-on-node.ts";

describe.each(["pve2", "pve3"])("#achever-jonction-%s", (node) => {
  const act = (guests: string, active = true) =>
    scriptOnNode(
      `achever-jonction-${node}`,
      { GUESTS: guests },
      {
        hostname: `echo ${node}`,
        // As the real one: it lists what there is, and fails for the pattern that finds nothing.
        ls: `[ -z "$GUESTS" ] || echo "$GUESTS"; exit 2`,
        systemctl: `[ "$1" != is-active ] || exit ${active ? 0 : 3}; echo "$*"`,
        pvecm: 'echo "pvecm $*"',
        mv: "echo moved",
        rm: "exit 0",
      },
      { "/var/lib/pve-cluster/config.db": "" },
    );

  it("sets the node's own database aside where it holds no machine, and completes the join", async () => {
    const { code, stdout } = await act("");
    expect([code, stdout.trim().split("\n")]).toEqual([
      0,
      [
        "restart pve-cluster corosync",
        ...["stop pve-cluster", "moved", "start pve-cluster", "pvecm updatecerts --force"],
        "restart pvedaemon pveproxy",
      ],
    ]);
  });

  it.each<[string, string, boolean, RegExp]>([
    ["a machine, though no container", "/etc/pve/qemu-server/100.conf", true, /garde les machines ci-dessus/],
    ["what it cannot see, its file system being away", "", false, /pve-cluster ne démarre pas/],
  ])("leaves the database of a node alone that holds %s", async (_, guests, active, says) => {
    const { code, stdout, stderr } = await act(guests, active);
    expect([code, stderr]).toEqual([1, expect.stringMatching(says)]);
    expect(stdout).not.toMatch(/moved|stop/);
    expect(stdout).toContain(guests);
  });
});

describe.each(["pve2", "pve3"])("#retirer-entree-%s", (node) => {
  const act = (listed: boolean) =>
    scriptOnNode(
      `retirer-entree-${node}`,
      { [`nodes_${node}_hostname`]: node },
      {
        "corosync-quorumtool": "exit 0",
        pvecm: `echo "Could not kill node (error = CS_ERR_NOT_EXIST)" >&2; exit 255`,
        grep: `[ "$*" = "-qE ^ *name: *${node} *$ /etc/pve/corosync.conf" ] && exit ${listed ? 0 : 1}; exit 3`,
      },
    );

  it.each([
    ["succeeds when the entry is gone, though corosync finds no such node to stop", false, 0],
    ["fails when the entry is still there", true, 1],
  ])("%s", async (_, listed, code) => {
    expect(await act(listed)).toMatchObject({ code, stderr: expect.stringContaining("CS_ERR_NOT_EXIST") });
  });
});
