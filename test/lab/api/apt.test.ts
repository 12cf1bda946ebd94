import { describe, expect, it } from "vitest";
import { repositoriesOf } from "../../../lab/api/repositories.ts";
import { aptFiles } from "../../../lab/state/apt/apt-files.ts";
import { createClock } from "../../../lab/state/clock.ts";
import { createWorld } from "../../../lab/state/create-world.ts";
import { nodeOf } from "../../../lab/state/world.ts";

const NODE = { name: "pve1", address: "10.202.4.31", uptime: 60, prefix: 16, gateway: "10.202.255.254" };

describe.each(["9", "8.4"] as const)("apt's sources on Proxmox VE %s", (dialect) => {
  const open = async () => {
    const node = { ...NODE, domain: "lab.example", rootPassword: "mot-de-testroot" };
    return nodeOf(await createWorld({ nodes: [node], dialect, clock: createClock(1) }), "pve1");
  };
  const statusOf = (node: Awaited<ReturnType<typeof open>>, handle: string) =>
    repositoriesOf(node)["standard-repos"].find((each) => each.handle === handle)?.status;

  it("are what the files say: enabled, switched off, absent", async () => {
    const node = await open();
    expect([statusOf(node, "no-subscription"), statusOf(node, "enterprise")]).toEqual([1, null]);
    for (const path of [...node.files.keys()]) if (path.startsWith("/etc/apt/")) node.files.delete(path);
    for (const [path, text] of aptFiles(node.versions.debian, "installed")) node.files.set(path, text);
    expect([statusOf(node, "no-subscription"), statusOf(node, "enterprise")]).toEqual([null, 1]);
    const [path = "", text = ""] = [...node.files].find(([each]) => each.includes("pve-enterprise")) ?? [];
    node.files.set(path, dialect === "9" ? `Enabled: no\n${text}` : text.replace(/^deb/, "# deb"));
    expect(statusOf(node, "enterprise")).toBe(0);
    const types = new Set(repositoriesOf(node).files.map((file) => file["file-type"]));
    expect([...types]).toEqual([dialect === "9" ? "sources" : "list"]);
  });
});
