import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ignoring, RULE_NAMES, USUAL_RULES, VOLATILE_RULES } from "../../../engine/compare/index.ts";

const usual = ignoring({ rules: USUAL_RULES });
const only = (name: string) => ignoring({ rules: new Set([name]) });

describe("neutral()", () => {
  it.each([
    ["horodatages", "Date:             Mon Nov 23 07:23:12 2026", "Date:             Tue Nov 24 06:13:47 2026"],
    ["horodatages", "last_changed 2026-11-23T07:24:14.612000+0000", "last_changed 2025-01-02T00:00:00.1+0100"],
    [
      "horodatages",
      "-rw-r--r-- 1 root root 348192768 Nov 23 06:58 /a",
      "-rw-r--r-- 1 root root 348192768 Jan  2 05:45 /a",
    ],
    ["horodatages", "12 Nov 23 06:58 a", "12 Nov 24 07:00 a"],
    ["horodatages", "backup to config-1795418507.sql.gz", "backup to config-1795414305.sql.gz"],
    ["horodatages", "le 3 février 2026 à 10:11:12", "le 12 novembre 2025 à 09:00:00"],
    ["horodatages", "creation-qemu=10.1.2,ctime=1795417937", "creation-qemu=10.1.2,ctime=1795413709"],
    [
      "durees",
      "64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.434 ms",
      "64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=12.1 ms",
    ],
    ["durees", "3 received, 0% packet loss, time 2020ms", "3 received, 0% packet loss, time 2083ms"],
    [
      "durees",
      "rtt min/avg/max/mdev = 0.430/0.449/0.482/0.024 ms",
      "rtt min/avg/max/mdev = 1.417/0.436/0.469/0.024 ms",
    ],
    ["durees", "    mon: 3 daemons, quorum pve1 (age 102s)", "    mon: 3 daemons, quorum pve1 (age 2h3m)"],
    ["durees", "mgr: pve1(active, since 105s), standbys: pve2", "mgr: pve1(active, since 2m), standbys: pve2"],
    ["durees", "+   17,5 s  VM répond", "+    3,0 s  VM répond"],
    ["durees", "real\t0m0.412s", "real\t1m12.001s"],
    ["processus", "sshd[123]: Accepted", "sshd[99871]: Accepted"],
    [
      "processus",
      "UPID:pve1:000004F3:00003C6B:6B03E742:imgcopy::root@pam:",
      "UPID:pve1:000004F3:00004F2B:6B03D6B8:imgcopy::root@pam:",
    ],
    ["processus", "+++ /proc/2205/fd/5", "+++ /proc/2142/fd/5"],
    ["mesures", "load average: 0.20, 0.15, 0.10", "load average: 4.19, 0.14, 0.10"],
    ["mesures", "copied at 12.3 MB/s", "copied at 120 MB/s"],
    ["ephemeres", "stdio:/tmp/constat-reponses.AlwUT5 ok", "stdio:/tmp/constat-reponses.zzzzzz ok"],
    ["ephemeres", "pveNodeCephServiceList-1073 pmxDiskList-1163", "pveNodeCephServiceList-1101 pmxDiskList-1180"],
    ["espaces", "a    b", "a b"],
    ["espaces", "----------", "------"],
    ["identifiants", "fsid = a7030712-8c3e-4cca-b434-8a7edc49ad36", "fsid = 95de9425-01e8-46ca-ad74-ee5bf5fa1800"],
    ["identifiants", "virtio=BC:24:11:73:4F:A2,bridge=vmbr0", "virtio=BC:24:11:40:02:6A,bridge=vmbr0"],
    ["jauges", "24.78% (1.98 Gio sur 8.00 Gio)", "24.70% (1.97 Gio sur 8.00 Gio)"],
  ])("%s: leaves out what changes of « %s »", (rule, before, after) => {
    expect(only(rule).neutral(before)).toBe(only(rule).neutral(after));
    expect(ignoring({ rules: new Set() }).neutral(before)).not.toBe(ignoring({ rules: new Set() }).neutral(after));
  });

  it.each([
    ["timeout: 30s", "timeout: 60s"],
    ["fe:24:11:73:4f:a2", "fe:24:11:40:02:6a"],
    ["10.202.4.31", "10.202.4.32"],
    ["vm-1073-disk-0", "vm-1074-disk-0"],
    ["Quorate:          Yes", "Quorate:          No"],
    ["pve-manager/9.2.11", "pve-manager/9.2.12"],
    ["1932735283 bytes", "1932735284 bytes"],
    ["  root: x", "    root: x"],
    ["3 packets transmitted, 3 received, 0% packet loss", "3 packets transmitted, 2 received, 33% packet loss"],
    ["osd: 3 osds: 3 up (since 47s), 3 in (since 48s)", "osd: 3 osds: 2 up (since 47s), 3 in (since 48s)"],
    [
      "UPID:pve1:000004F3:00003C6B:6B03E742:imgcopy::root@pam:",
      "UPID:pve2:000004F3:00003C6B:6B03E742:qmstart:1:root@pam:",
    ],
    ["mars", "avril"],
  ])("by the usual rules still tells « %s » from « %s »", (before, after) => {
    expect(usual.neutral(before)).not.toBe(usual.neutral(after));
  });

  it("compares a line of a megabyte letter by letter, at once", () => {
    const line = `${"aaaa-1 12:00:00 ".repeat(70_000)}`;
    expect(usual.neutral(line)).toBe(line);
  });

  it("puts what an author left free before every rule", () => {
    const free = ignoring({
      rules: USUAL_RULES,
      wholeLine: (line) => (line.startsWith("jeton") ? "jeton *" : undefined),
    });
    expect(free.neutral("jeton abc")).toBe(free.neutral("jeton xyz"));
  });
});

describe("parts()", () => {
  it("loses no letter of any line, and is the same twice", () => {
    const words = fc.constantFrom(
      "Mon Nov 23 07:23:12 2026",
      "12 ms",
      "time=",
      " ",
      "\t",
      "x",
      "/tmp/a",
      "[12]",
      "--------",
      "€",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string())), (pieces) => {
        const line = pieces.join("").replaceAll("\n", "");
        const all = ignoring({ rules: new Set(RULE_NAMES) });
        expect(
          all
            .parts(line)
            .map(({ text }) => text)
            .join(""),
        ).toBe(line);
        expect(all.neutral(line)).toBe(all.neutral(line));
      }),
    );
  });
});

describe("key()", () => {
  it.each([
    ["uptime", 1, 2, "durees"],
    ["quorum_age", 6, 9, "durees"],
    ["ctime", 1, 2, "horodatages"],
    ["used", 1, 2, "mesures"],
    ["used", "LVM", "partitions", undefined],
    ["loadavg", ["0.1"], ["0.2"], "mesures"],
    ["storage", "a", "b", undefined],
    ["migrate_downtime", 0.1, 0.2, undefined],
    ["usage", 1, 2, undefined],
  ])("%s from %j to %j is left out by %s", (name, before, after, rule) => {
    expect(usual.key(name, before, after)).toBe(rule);
  });
});

describe("the rules", () => {
  it("have names of their own, and say in French what they leave out", () => {
    expect(new Set(RULE_NAMES).size).toBe(VOLATILE_RULES.length);
    for (const { about } of VOLATILE_RULES) expect(about.length).toBeGreaterThan(20);
  });
});
