import { once } from "node:events";
import ssh2, { type Client } from "ssh2";
import { afterEach, describe, expect, test } from "vitest";
import { screenOf } from "../../../lab/machine/screen-of.ts";
import { startSshServer } from "../../../lab/ssh/index.ts";
import { createClock } from "../../../lab/state/clock.ts";
import { openScenario } from "../../../lab/state/open-scenario.ts";
import { loadScenario } from "../../../lab/state/scenario.ts";
import { nodeOf, type World } from "../../../lab/state/world.ts";
import { PASSWORD, type Ran, runOn } from "./open-lab.ts";

/** A pve1 alone, as chapter 2 finds it, three hundred times faster, with a way to run commands on it. */
interface Host extends AsyncDisposable {
  readonly world: World;
  run(command: string): Promise<Ran>;
}

const open: Host[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host[Symbol.asyncDispose]();
});

async function openHost(dialect: "9" | "8.4" = "9"): Promise<Host> {
  const world = await openScenario(await loadScenario("pve1-seul"), {
    dialect,
    clock: createClock(300),
    rootPassword: PASSWORD,
  });
  const server = await startSshServer(world, "pve1");
  const client: Client = new ssh2.Client();
  client.connect({
    host: "127.0.0.1",
    port: server.port,
    username: "root",
    password: PASSWORD,
    hostVerifier: () => true,
  });
  await once(client, "ready");
  const host: Host = {
    world,
    run: (command) => runOn(client, command),
    async [Symbol.asyncDispose]() {
      const closed = once(client, "close");
      client.end();
      await closed;
      await server.close();
      world.stop();
    },
  };
  open.push(host);
  return host;
}

/** What the machine shows, as text. */
function shown({ world }: Host): string {
  const guest = nodeOf(world, "pve1").guests.get(102);
  const content = guest && screenOf(world, guest);
  return content?.type === "text" ? content.lines.join("\n") : (content?.type ?? "");
}

/** From the ISO to a machine with its answers; `answers` changes the answer file. */
async function prepare({ run }: Host, answers: (text: string) => string = (text) => text): Promise<void> {
  const steps = [
    "rm /var/lib/vz/template/iso/windows-server-2025-evaluation.iso",
    "apt-get install -y proxmox-auto-install-assistant xorriso",
    "curl -fsSL -o /var/lib/vz/template/iso/pve.iso http://iso.lab.example/proxmox-ve.iso",
    "proxmox-auto-install-assistant prepare-iso /var/lib/vz/template/iso/pve.iso --fetch-from partition --output /var/lib/vz/template/iso/auto.iso",
    "qm create 102 --name pve2 --memory 8192 --cores 4 --scsihw virtio-scsi-pci --scsi0 local-lvm:32 --scsi1 local-lvm:16 --net0 virtio=BC:24:11:00:00:02,bridge=vmbr0 --boot 'order=scsi0;ide2' --ide2 local:iso/auto.iso,media=cdrom",
    `mkdir -p /tmp/a && cat > /tmp/a/answer.toml <<FIN\n${answers(ANSWERS)}\nFIN`,
    "xorriso -as mkisofs -quiet -V PROXMOX-AIS -o /var/lib/vz/template/iso/reponses.iso /tmp/a",
    "qm set 102 --ide3 local:iso/reponses.iso,media=cdrom",
    "qm start 102",
  ];
  for (const step of steps) {
    const ran = await run(step);
    expect(ran.code, `${step}\n${ran.output}`).toBe(0);
  }
}

const ANSWERS = `[global]
keyboard = "fr"
country = "fr"
timezone = "Europe/Paris"
fqdn = "pve2.lab.example"
mailto = "admin@lab.example"
root-password-hashed = "$(getent shadow root | cut -d: -f2)"
[network]
source = "from-answer"
cidr = "10.202.4.32/16"
gateway = "10.202.255.254"
dns = "8.8.8.8"
filter.ID_NET_NAME_MAC = "*bc2411000002"
[disk-setup]
filesystem = "ext4"
filter.ID_SERIAL = "*drive-scsi0"`;

describe("a virtual machine with an empty disk and a prepared image", () => {
  test.each(["9", "8.4"] as const)("installs itself and is the node of its answers (%s)", async (dialect) => {
    const host = await openHost(dialect);
    await prepare(host);
    await expect.poll(() => shown(host), { timeout: 20_000 }).toMatch(/progress +\d+\.\d % - extracting/);
    expect(shown(host)).toContain("LPF/ens18/bc:24:11:00:00:02");
    await expect.poll(() => shown(host), { timeout: 20_000 }).toMatch(/^pve2 login:/m);
    const node = nodeOf(host.world, "pve2");
    expect([node.installed, node.power, node.rootPassword]).toEqual([true, "on", PASSWORD]);
    expect(node.hardware.disks.map(({ path, size, used }) => [path, size / 2 ** 30, used])).toEqual([
      ["/dev/sda", 32, "BIOS boot"],
      ["/dev/sdb", 16, undefined],
    ]);
    expect(node.interfaces.find(({ name }) => name === "vmbr0")).toMatchObject({ address: "10.202.4.32", prefix: 16 });
    expect((await host.run("ping -c 1 10.202.4.32")).code).toBe(0);
  });

  test("gives its screen to qm monitor, as PPM and as PNG", async () => {
    const host = await openHost();
    await prepare(host);
    const ran = await host.run(
      "printf 'screendump /tmp/x.ppm\\nscreendump /tmp/x.png -f png\\nquit\\n' | qm monitor 102; head -c 15 /tmp/x.ppm; stat -c %s /tmp/x.ppm; head -c 4 /tmp/x.png | od -An -c",
    );
    expect(ran.output).toMatch(/P6\n\d+ \d+\n255/);
    expect(ran.output).toMatch(/P {3}N {3}G/);
  });

  test.each([
    [
      "its network card is not there",
      (text: string) => text.replace("*bc2411000002", "*ffffffffffff"),
      "filter did not match any device",
    ],
    [
      "its disk is not there",
      (text: string) => text.replace("*drive-scsi0", "*drive-scsi7"),
      "filter did not match any device",
    ],
    ["a key is unknown", (text: string) => text.replace("timezone", "time-zone"), "unknown field `time-zone`"],
    ["it has no password", (text: string) => text.replace(/^root-password.*\n/m, ""), "One of `global.root-password`"],
    ["it names no node of the lab", (text: string) => text.replace("pve2.lab", "pve9.lab"), "no node named pve9"],
  ] as const)("fails on the screen when %s", async (_, answers, text) => {
    const host = await openHost();
    await prepare(host, answers);
    await expect.poll(() => shown(host), { timeout: 20_000 }).toMatch(/Auto-installation failed/);
    expect(shown(host)).toContain(text);
    expect(nodeOf(host.world, "pve2").installed).toBe(false);
  });

  test("does not start from anything when no drive holds a system", async () => {
    const host = await openHost();
    await host.run("qm create 102 --name vide --scsi0 local-lvm:8 --boot order=scsi0 && qm start 102");
    await expect.poll(() => shown(host), { timeout: 20_000 }).toContain("No bootable device.");
  });
});

describe("proxmox-auto-install-assistant", () => {
  test.each([
    ["proxmox-auto-install-assistant validate-answer /tmp/none", 127, /command not found/],
    ["apt-get install -y nosuch", 100, /Unable to locate package nosuch/],
    [
      "apt-get install -y proxmox-auto-install-assistant xorriso >/dev/null; proxmox-auto-install-assistant prepare-iso /tmp/none.iso --fetch-from partition",
      1,
      /Could not find the proxmox ISO/,
    ],
    ["curl -fsSL -o /tmp/x http://nowhere.example/x", 6, /Could not resolve host: nowhere\.example/],
    ["curl -fsSL -o /tmp/x http://iso.lab.example/other.iso", 22, /404/],
  ] as const)("%s fails", async (command, code, text) => {
    const host = await openHost();
    const ran = await host.run(command);
    expect(ran.output).toMatch(text);
    expect(ran.code).toBe(code);
  });
});
