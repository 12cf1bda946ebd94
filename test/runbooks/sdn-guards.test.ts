import { describe, expect, it } from "vitest";
import { expectNamed } from "./expect-named.ts";
import { json, PVESH, SAY } from "./pretended-node.ts";
import { scriptOnNode } from "./script-on-node.ts";

describe("#noms-sdn-libres", () => {
  const guard = (zones: readonly object[], vnets: readonly object[], type = "vxlan") =>
    scriptOnNode(
      "noms-sdn-libres",
      {
        ...{ sdn_zone: "projet", sdn_vnet: "vnet1", sdn_type: type, sdn_tag: "10001", pont: "vmbr0" },
        ...{ pont_pve1: "10.0.0.1", pont_pve2: "10.0.0.2", pont_pve3: "10.0.0.3" },
        ...{ nodes_pve1_hostname: "srv-a", nodes_pve2_hostname: "srv-b", nodes_pve3_hostname: "srv-c" },
        ...{ ZONES: json(zones), VNETS: json(vnets) },
      },
      { pvesh: PVESH },
    );
  const ours = { zone: "projet", type: "vxlan" };

  it.each<[string, readonly object[], readonly object[]]>([
    ["nothing", [], []],
    ["ours", [ours], [{ vnet: "vnet1", zone: "projet", tag: 10_001 }]],
    [
      "a zone of VLANs with our number",
      [ours, { zone: "ailleurs", type: "vlan", bridge: "vmbr0" }],
      [{ vnet: "autre", zone: "ailleurs", tag: 10_001 }],
    ],
    [
      "a zone of more peers",
      [{ ...ours, peers: "10.0.0.3, 10.0.0.2;10.0.0.9 10.0.0.1", nodes: "srv-c,srv-b,srv-a" }],
      [],
    ],
    ["a zone over a fabric", [{ ...ours, fabric: "f1" }], []],
  ])("passes with %s", async (_, zones, vnets) => {
    expect(await guard(zones, vnets)).toMatchObject({ code: 0, stderr: "" });
  });

  it("passes with a zone of VLANs on our bridge, and names one on another", async () => {
    const zone = { zone: "projet", type: "vlan", bridge: "vmbr0" };
    expect(await guard([zone], [], "vlan")).toMatchObject({ code: 0, stderr: "" });
    expectNamed(await guard([{ ...zone, bridge: "vmbr1" }], [], "vlan"), /sans vmbr0/, /sdn_zone/);
  });

  it.each<[string, readonly object[], readonly object[], RegExp, RegExp]>([
    ["a zone of another type", [{ zone: "projet", type: "simple" }], [], /de type simple et non vxlan/, /sdn_zone/],
    ["a zone that a node is not in", [{ ...ours, nodes: "srv-a,srv-c" }], [], /sans srv-b/, /sdn_zone/],
    ["a zone without a peer", [{ ...ours, peers: "10.0.0.1,10.0.0.30,10.0.0.2" }], [], /sans 10\.0\.0\.3/, /sdn_zone/],
    [
      "a VNet of another number",
      [ours],
      [{ vnet: "vnet1", zone: "projet", tag: 7 }],
      /numéro 7 et non 10001/,
      /sdn_tag/,
    ],
    ["a VNet of another zone", [ours], [{ vnet: "vnet1", zone: "dmz", tag: 7 }], /dans la zone dmz/, /sdn_vnet/],
  ])("names %s", async (_, zones, vnets, what, remedy) => {
    expectNamed(await guard(zones, vnets), what, remedy);
  });

  it("names the VNet that has our number", async () => {
    const { code, stderr } = await guard([ours], [{ vnet: "autre", zone: "projet", tag: "10001" }]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/le VNet autre de la zone projet porte déjà .*sdn_tag/)]);
  });

  it.each(["vxlan", "evpn"])(
    "names the VNet of another zone of type %s that has it: tunnels share their numbers",
    async (type) => {
      const { code, stderr } = await guard(
        [ours, { zone: "ailleurs", type }],
        [{ tag: 10_001, vnet: "autre", zone: "ailleurs" }],
      );
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/le VNet autre de la zone ailleurs porte déjà .*sdn_tag/),
      ]);
    },
  );
});

describe("#raccorder-pair", () => {
  const act = (config: object, status: string) =>
    scriptOnNode(
      "raccorder-pair",
      {
        ...{ noeud_pair: "pve1", vm_pair_id: "101", vm_pair_nom: "sdn-pair", vm_pair_adresse: "10.50.0.12" },
        ...{ sdn_vnet: "vnet1", sdn_reseau: "10.50.0.0/24", CONFIG: json(config), STATUS: json({ status }) },
      },
      { pvesh: PVESH },
    );

  it.each([
    ["with the card that the copy brought along", { name: "sdn-pair", net1: "virtio" }, / --delete net1$/],
    ["with several", { net0: "a", net2: "b,c", name: "sdn-pair", net11: "d" }, / --delete net2,net11$/],
    ["without one", { name: "sdn-pair" }, /ip=10\.50\.0\.12\/24$/],
  ])("connects a copy that never ran, %s", async (_, config, said) => {
    const { code, stderr } = await act(config, "stopped");
    expect([code, stderr.trim()]).toEqual([0, expect.stringMatching(said)]);
    expect(stderr).toContain("--net0 virtio,bridge=vnet1,mtu=1");
  });

  it.each<[string, object, string, RegExp]>([
    ["of another name", { name: "autre" }, "stopped", /s’appelle « autre ».*vm_pair_id/s],
    ["that runs", { name: "sdn-pair" }, "running", /la VM 101 tourne/],
    ["whose copy was cut", { lock: "clone", name: "sdn-pair" }, "stopped", /a été interrompue.*qm destroy 101/s],
  ])("leaves one alone %s", async (_, config, status, says) => {
    const { code, stderr } = await act(config, status);
    expect([code, stderr]).toEqual([1, expect.stringMatching(says)]);
    expect(stderr).not.toContain("--net0");
  });
});

describe("#nom-interface-libre", () => {
  const guard = (known: boolean, written: string) =>
    scriptOnNode(
      "nom-interface-libre",
      { sdn_vnet: "vnet1" },
      { ...SAY, ip: `exit ${known ? 0 : 1}` },
      { "/etc/network/interfaces.d/sdn": written },
    );

  it.each<[string, boolean, string]>([
    ["nobody", false, ""],
    ["the SDN itself", true, "auto vnet1\niface vnet1\n"],
  ])("passes when the interface is of %s", async (_, known, written) => {
    expect(await guard(known, written)).toMatchObject({ code: 0, stderr: "" });
  });

  it("names the node that has one of its own", async () => {
    const { code, stderr } = await guard(true, "iface vnet10\n");
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^pve1 a déjà une interface vnet1.*sdn_vnet/)]);
  });
});

describe("#taille-tunnels", () => {
  /** A node whose peers answer small echoes, or none, and whose way lets through packets of this size at most. */
  const guard = (answers: boolean, way: number) =>
    scriptOnNode(
      "taille-tunnels",
      {
        ...{ sdn_type: "vxlan", sdn_vnet: "vnet1", sdn_zone: "projet" },
        ...{ pont_pve1: "10.0.0.1", pont_pve2: "10.0.0.2", pont_pve3: "10.0.0.3" },
      },
      {
        ...SAY,
        ip: `case "$*" in
  *addr*) echo "2: vmbr0    inet 10.0.0.1/24 scope global vmbr0" ;;
  *) echo "7: vnet1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UP mode DEFAULT" ;;
esac`,
        ping: `size=56
while [ "$#" -gt 0 ]; do [ "$1" = -s ] && size=$2; shift; done
[ ${answers} = true ] && [ "$((size + 28))" -le ${way} ]`,
      },
    );

  it("passes where a frame of the VNet fits with its tunnel, to each other node", async () => {
    const { code, stdout } = await guard(true, 1500);
    expect([code, stdout.split("\n").slice(0, 2)]).toEqual([
      0,
      ["vers 10.0.0.2 : 1500 octets", "vers 10.0.0.3 : 1500 octets"],
    ]);
  });

  it("names the way that is too narrow", async () => {
    expectNamed(await guard(true, 1499), /1500 octets ne vont pas de pve1 à 10\.0\.0\.2/, /MTU.*zone projet/);
  });

  it("says that nothing is known where echoes are filtered", async () => {
    expect(await guard(false, 1500)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("10.0.0.3 ne répond pas"),
    });
  });
});

describe("#ajouter-carte", () => {
  const act = (config: object) =>
    scriptOnNode(
      "ajouter-carte",
      { vm_id: "100", noeud_vm: "pve1", sdn_vnet: "vnet1", CONFIG: json({ name: "a", ...config }) },
      { pvesh: PVESH },
    );

  it.each([undefined, "1", "network", "disk,network,usb"])(
    "adds a card to a machine whose hotplug is %s",
    async (hotplug) => {
      expect((await act({ hotplug })).stderr).toContain("--net1 virtio,bridge=vnet1,mtu=1");
    },
  );

  it.each(["0", "disk,usb"])("names a hotplug of %s, which takes none", async (hotplug) => {
    expectNamed(await act({ hotplug }), /carte à chaud/, /qm set 100 --hotplug/);
  });
});
