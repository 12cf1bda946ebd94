import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cutLink } from "../../../lab/state/inject-faults.ts";
import { cutPower } from "../../../lab/state/power.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { type OpenLab, openLab, PASSWORD } from "./open-lab.ts";

const TERMINAL = { term: "xterm", cols: 200, rows: 50 };

describe("on a fresh node", () => {
  let lab: OpenLab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  test("ip -4 -o addr show has iproute2's layout", async () => {
    const { stdout } = await lab.run("pve1", "ip -4 -o addr show");
    expect(stdout).toBe(
      [
        "1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever",
        "3: vmbr0    inet 10.10.10.11/24 scope global vmbr0\\       valid_lft forever preferred_lft forever",
        "4: ens19    inet 10.10.20.11/24 scope global ens19\\       valid_lft forever preferred_lft forever",
        "",
      ].join("\n"),
    );
  });

  test("ping has iputils' layout, line by line as packets come back", async () => {
    const { stdout, code } = await lab.run("pve1", "ping -c 2 -W 2 10.10.10.12");
    expect(stdout).toMatch(
      /^PING 10\.10\.10\.12 \(10\.10\.10\.12\) 56\(84\) bytes of data\.\n(?:64 bytes from 10\.10\.10\.12: icmp_seq=\d ttl=64 time=0\.\d{3} ms\n){2}\n--- 10\.10\.10\.12 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time \d+ms\nrtt min\/avg\/max\/mdev = [\d.]+\/[\d.]+\/[\d.]+\/[\d.]+ ms\n$/,
    );
    expect(code).toBe(0);
  });

  test("ping -D -O stamps each line in lab time, and tells at the next echo what is still out", async () => {
    const stamps = (text: string) => [...text.matchAll(/^\[(\d+\.\d{6})\] /gm)].map(([, at]) => Number(at));
    const answered = await lab.run("pve1", "ping -n -D -O -i 0.5 -W 1 -c 4 10.10.10.12");
    const [first = 0, ...later] = stamps(answered.stdout);
    expect(Math.abs(first * 1000 - lab.world.clock.now())).toBeLessThan(60_000);
    for (const [index, at] of later.entries()) expect(at - first).toBeCloseTo((index + 1) / 2, 2);
    const silent = await lab.run("pve1", "ping -n -D -O -i 1 -W 1 -c 3 192.0.2.1");
    expect(silent.stdout).toMatch(/^PING .*\n(?:\[\d+\.\d{6}\] no answer yet for icmp_seq=[12]\n){2}\n--- /);
  });

  test.each([
    ["an address nobody has", "10.10.10.99", /\+2 errors, 100% packet loss/],
    ["an address of another network", "192.0.2.1", /2 packets transmitted, 0 received, 100% packet loss/],
  ])("ping loses every packet to %s", async (_what, address, text) => {
    const { stdout, code } = await lab.run("pve1", `ping -c 2 -W 1 ${address}`);
    expect(stdout).toMatch(text);
    expect(code).toBe(1);
  });

  test("an unknown name is told as ping and ssh tell it", async () => {
    const { stderr, code } = await lab.run("pve1", "ping -c 1 nowhere; ssh -o BatchMode=yes nowhere hostname");
    expect(stderr).toBe(
      "ping: nowhere: Name or service not known\nssh: Could not resolve hostname nowhere: Temporary failure in name resolution\n",
    );
    expect(code).toBe(255);
  });

  test("dpkg-query tells a package that is half configured, and only that one", async () => {
    const query = `dpkg-query -W -f '\${db:Status-Abbrev} \${Package}\\n' | grep -Ev '^(ii|hi|rc|un|pn) '`;
    expect(await lab.run("pve1", query)).toMatchObject({ stdout: "", code: 1 });
    lab.world.faults.halfDnsmasq.add("pve1");
    expect((await lab.run("pve1", query)).stdout).toBe("iF  dnsmasq\n");
    lab.world.faults.halfDnsmasq.delete("pve1");
  });

  test("a command the lab does not have ends with 127 and says so", async () => {
    const { stderr, code } = await lab.run("pve1", "tcpdump -i vmbr0");
    expect(stderr).toBe(
      "bash: tcpdump: command not found\nconstat-lab: « tcpdump » n’est pas simulé par ce laboratoire\n",
    );
    expect(code).toBe(127);
  });

  test("openssl and the state agree on the node's certificate", async () => {
    const { stdout } = await lab.run("pve1", "openssl x509 -fingerprint -sha256 -noout -in /etc/pve/local/pve-ssl.pem");
    expect(stdout).toBe(`sha256 Fingerprint=${nodeOf(lab.world, "pve1").certificate.fingerprint}\n`);
  });

  test("sleep, timeout and date run on the lab's clock", async () => {
    const { stdout } = await lab.run(
      "pve1",
      "a=$(date +%s); sleep 60; b=$(date +%s); echo $((b - a >= 60)); timeout 30 sleep 600; echo $?; timeout 30 echo ok",
    );
    expect(stdout).toBe("1\n124\nok\n");
  });

  test.each([
    ["a redirection", "echo x > /root/full; echo $?", "bash: line 1: /root/full: No space left on device\n", "1\n"],
    ["a builtin's file", "touch /root/t; echo $?", "touch: cannot touch '/root/t': No space left on device\n", "1\n"],
    [
      "a file of the cluster",
      "echo x > /etc/pve/essai; echo $?",
      "bash: line 1: /etc/pve/essai: Input/output error\n",
      "1\n",
    ],
  ])("a full disk refuses %s", async (_what, command, stderr, stdout) => {
    lab.world.faults.diskFull.add("pve3");
    const ran = await lab.run("pve3", command);
    lab.world.faults.diskFull.delete("pve3");
    expect(ran).toMatchObject({ stderr, stdout });
  });

  test("mktemp, id, uname, getent and the rest answer as root on that node", async () => {
    const { stdout } = await lab.run(
      "pve2",
      "f=$(mktemp); echo data >$f; cat $f; id -un; uname -sn; hostname -f; getent hosts pve2; nproc; systemctl is-active pveproxy",
    );
    expect(stdout).toBe(
      "data\nroot\nLinux pve2\npve2.lab.example\n10.10.10.12     pve2.lab.example pve2\n16\nactive\n",
    );
  });

  test("corosync cannot be started without a cluster, and pveproxy restarts", async () => {
    expect(await lab.run("pve2", "systemctl restart pveproxy; systemctl start nosuch")).toMatchObject({
      ...{ code: 5, stderr: "Failed to start nosuch.service: Unit nosuch.service not found.\n" },
    });
    expect(await lab.run("pve2", "systemctl is-active corosync pve-cluster")).toMatchObject({
      stdout: "inactive\nactive\n",
      code: 3,
    });
  });

  test("a second `pvecm add` waits for the lock of the first", async () => {
    const first = lab.run("pve2", "pvecm add 10.10.10.11", {
      pty: TERMINAL,
      typed: [
        [/password for .*: $/, PASSWORD],
        [/\(yes\/no\)\? $/, "no"],
      ],
    });
    await first;
    nodeOf(lab.world, "pve2").pvecmLocked = true;
    const second = await lab.run("pve2", "pvecm add 10.10.10.11", {
      pty: TERMINAL,
      typed: [[/password for .*: $/, PASSWORD]],
    });
    nodeOf(lab.world, "pve2").pvecmLocked = false;
    expect(second.output).toContain(
      "trying to acquire lock...\ncan't lock file '/var/lock/pvecm.lock' - got timeout\n",
    );
    expect(second.code).toBe(0);
  });
});

describe("in a cluster of three", () => {
  let lab: OpenLab;
  beforeAll(async () => {
    lab = await openLab();
    await lab.run("pve1", "pvecm create lab --link0 10.10.20.11 --link1 10.10.10.11");
    const { fingerprint } = nodeOf(lab.world, "pve1").certificate;
    for (const number of [2, 3]) {
      const command = `pvecm add 10.10.10.11 --fingerprint ${fingerprint} --link0 10.10.20.1${number} --link1 10.10.10.1${number}`;
      await lab.run(`pve${number}`, command, { pty: TERMINAL, typed: [[/password for .*: $/, PASSWORD]] });
    }
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  test("every node sees three votes, over ssh as in the state", async () => {
    for (const node of ["pve1", "pve2", "pve3"]) {
      const { stdout, code } = await lab.run(node, "corosync-quorumtool -s");
      expect(stdout).toMatch(/^Quorate: {10}Yes$/m);
      expect(stdout).toMatch(/^Total votes: {6}3$/m);
      expect(code).toBe(0);
    }
    const { stdout } = await lab.run("pve2", "corosync-cmapctl | grep members.3; ls /etc/pve/nodes");
    expect(stdout).toContain("runtime.members.3.ip (str) = r(0) ip(10.10.20.13) r(1) ip(10.10.10.13) \n");
    expect(stdout).toContain("pve1\npve2\npve3\n");
  });

  test("a file written below /etc/pve is on every member at once", async () => {
    await lab.run("pve1", "echo shared > /etc/pve/note.cfg");
    expect(await lab.run("pve3", "cat /etc/pve/note.cfg")).toMatchObject({ stdout: "shared\n" });
    expect(await lab.run("pve1", "echo x > /etc/pve/corosync.conf")).toMatchObject({
      ...{ code: 1, stderr: "bash: line 1: /etc/pve/corosync.conf: Permission denied\n" },
    });
  });

  test("a cut link shows as disconnected, and quorum stays", async () => {
    cutLink(lab.world, "pve3", 0);
    const { stdout } = await lab.run("pve1", "corosync-cfgtool -s; corosync-cfgtool -n");
    expect(stdout).toMatch(/LINK ID 0 udp\n.*\n.*\n.*\n.*\n\t\tnodeid: {10}3:\tdisconnected\n/);
    expect(stdout).toContain("nodeid: 3 reachable\n");
    expect(await lab.run("pve1", "pvecm status")).toMatchObject({ code: 0 });
  });

  test("without quorum, pvecm status exits 2 and /etc/pve refuses writes", async () => {
    const { corosync } = nodeOf(lab.world, "pve1");
    corosync.settling = true;
    const busy = await lab.run("pve1", "pvecm status; touch /etc/pve/x");
    expect(busy.stdout).toMatch(/^Nodes: {12}3$/m);
    expect(busy.stderr).toBe("touch: cannot touch '/etc/pve/x': Device or resource busy\n");
    corosync.settling = false;
    for (const name of ["pve2", "pve3"]) cutPower(lab.world, nodeOf(lab.world, name));
    await expect.poll(async () => (await lab.run("pve1", "pvecm status")).code).toBe(2);
    const { stdout, stderr } = await lab.run("pve1", "pvecm status; touch /etc/pve/x; pvecm updatecerts");
    expect(stdout).toMatch(/^Quorate: {10}No$/m);
    expect(stdout).toContain("Quorum:           2 Activity blocked\nFlags:            \n");
    expect(stderr).toBe("touch: cannot touch '/etc/pve/x': Permission denied\nno quorum - unable to update files\n");
    expect(
      await lab.run(
        "pve1",
        "ping -c 1 -W 1 10.10.10.12; pvecm expected 1; pvecm status >/dev/null; echo $?; touch /etc/pve/x && echo written",
      ),
    ).toMatchObject({
      stdout: expect.stringMatching(/100% packet loss[\s\S]*0\nwritten\n$/),
    });
  });
});
