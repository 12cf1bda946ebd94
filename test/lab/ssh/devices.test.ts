import { afterAll, beforeAll, expect, test } from "vitest";
import { diskId } from "../../../lab/state/block-devices.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { type OpenLab, openLab } from "./open-lab.ts";

let lab: OpenLab;
let byId: string;

beforeAll(async () => {
  lab = await openLab();
  const disk = nodeOf(lab.world, "pve1").hardware.disks.find(({ path }) => path === "/dev/sdb");
  byId = disk === undefined ? "" : `/dev/disk/by-id/${diskId(disk)}`;
});
afterAll(() => lab[Symbol.asyncDispose]());

test("a disk has a name in /dev/disk/by-id that leads to the kernel's", async () => {
  expect(byId).toMatch(/^\/dev\/disk\/by-id\/ata-SAMSUNG_\S+_S4EVNF0M\w{6}$/);
  expect((await lab.run("pve1", `readlink -f ${byId}`)).stdout).toBe("/dev/sdb\n");
  expect((await lab.run("pve1", "ls /dev/disk/by-id")).stdout.split("\n").filter(Boolean)).toHaveLength(3);
  expect((await lab.run("pve1", "readlink -f /dev/sdc")).stdout).toBe("/dev/sdc\n");
});

test.each(["lsblk -d -n -o NAME,TYPE", "wipefs -n"])("%s takes a disk by either name", async (command) => {
  const [one, other] = [await lab.run("pve1", `${command} /dev/sdb`), await lab.run("pve1", `${command} ${byId}`)];
  expect(other).toEqual(one);
  expect(one.code).toBe(0);
});

test("an interface tells its MTU, in /sys as in ip", async () => {
  expect((await lab.run("pve1", "cat /sys/class/net/vmbr0/mtu")).stdout).toBe("1500\n");
  expect((await lab.run("pve1", "ip -o link show dev vmbr0")).stdout).toContain(" mtu 1500 ");
});

test("ip route show takes proto, scope and src", async () => {
  const show = (address: string) => lab.run("pve1", `ip -4 route show proto kernel scope link src ${address}`);
  expect((await show("10.10.10.11")).stdout).toBe("10.10.10.0/24 dev vmbr0 proto kernel scope link src 10.10.10.11 \n");
  expect(await show("10.10.10.99")).toMatchObject({ stdout: "", code: 0 });
});

test.each([
  ["ip -o addr show to 10.10.10.0/24", /^3: vmbr0 {4}inet 10\.10\.10\.11\/24 /],
  ["ip -o addr show dev vmbr0", /\n3: vmbr0 {4}inet6 fe80::\S+\/64 scope link/],
])("%s", async (command, text) => {
  expect((await lab.run("pve1", command)).stdout).toMatch(text);
});

test.each([
  ["as long as the interface takes", "-s 1472", 1500, 0, /1480 bytes from 10\.10\.10\.12/],
  [
    "longer than the interface takes",
    "-s 1473",
    1500,
    1,
    /^(?=[\s\S]*message too long, mtu=1500)[\s\S]*\+1 errors, 100% packet loss/,
  ],
  ["longer than the switch lets through", "-s 1472", 1400, 1, /1 packets transmitted, 0 received, 100% packet loss/],
  ["short enough for the switch", "-s 1372", 1400, 0, /1 received, 0% packet loss/],
])("ping -M do with a packet %s", async (_what, size, frames, code, text) => {
  lab.world.faults.smallFrames.set("pve2", frames);
  const told = await lab.run("pve1", `ping -M do ${size} -c 1 -W 1 10.10.10.12 2>&1`);
  lab.world.faults.smallFrames.clear();
  expect(told.stdout).toMatch(text);
  expect(told.code).toBe(code);
});

test("a package that was removed with its configuration left is listed, and not as installed", async () => {
  const ask = `dpkg-query -W -f '\${Package} \${db:Status-Status} \${db:Status-Abbrev}|\\n' corosync`;
  expect((await lab.run("pve1", ask)).stdout).toBe("corosync installed ii |\n");
  lab.world.faults.removedPackages.add("pve1:corosync");
  expect((await lab.run("pve1", ask)).stdout).toBe("corosync config-files rc |\n");
  expect((await lab.run("pve1", "dpkg -s corosync")).stdout).toContain("Status: deinstall ok config-files\n");
  lab.world.faults.removedPackages.clear();
});

test("a bridge without ports has no carrier, until a card is plugged into it", async () => {
  const { interfaces } = nodeOf(lab.world, "pve2");
  const [card, main] = interfaces;
  if (card === undefined || main === undefined) throw new Error("no interfaces");
  interfaces.push({ ...main, name: "vmbr9", address: undefined, prefix: undefined, gateway: undefined, ports: [] });
  const state = async () => (await lab.run("pve2", "ip -br link show dev vmbr9; ip -o link show dev vmbr9")).stdout;
  expect(await state()).toMatch(/^vmbr9\s+DOWN\s+\S+ <NO-CARRIER,BROADCAST,MULTICAST,UP> \n.* state DOWN /);
  interfaces.push({ ...card, name: "eno9" });
  interfaces[interfaces.length - 2] = { ...main, name: "vmbr9", ports: ["eno9"] };
  expect(await state()).toMatch(/^vmbr9\s+UP\s+\S+ <BROADCAST,MULTICAST,UP,LOWER_UP> \n.* state UP /);
});
