import { describe, expect, test } from "vitest";
import { judgeCertificate } from "../../../engine/doctor/judge-certificate.ts";
import { judgeClock, judgeClocks } from "../../../engine/doctor/judge-clock.ts";
import { judgeFacts } from "../../../engine/doctor/judge-facts.ts";
import { judgePrivileges, NEEDS } from "../../../engine/doctor/judge-privileges.ts";
import { judgeVersion, judgeVersions } from "../../../engine/doctor/judge-version.ts";
import type { Observation } from "../../../engine/doctor/observation.ts";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import { selfSigned } from "../../support/https-server.ts";

const NODE: InventoryNode = {
  ...{ name: "pve1", hostname: "pve1", address: "192.0.2.1", vars: {} },
  ssh: { user: "admin", endpoint: { host: "192.0.2.1", port: 22 }, hostKeys: [] },
  pve: { user: "constat@pve", endpoint: { host: "192.0.2.1", port: 8006 } },
};
const subject = { type: "node", name: "pve1" } as const;
const ahead = (aheadMs: number, withinMs = 50) => ({ aheadMs, withinMs, method: "date" });

function verdict(observation: Observation | undefined): string {
  return observation === undefined ? "" : [observation.status, observation.text].join(" — ");
}

describe("judgeClock()", () => {
  test.each([
    ["ok — à moins d’une seconde", ahead(-800), 1],
    ["ok — 3,2 s d’avance", ahead(3_200), 1],
    ["warning — 12 s de retard sur cette machine", ahead(-12_000), 1],
    ["warning — 4 min d’avance sur cette machine", ahead(240_000), 1],
    ["error — 10 min d’avance sur cette machine", ahead(600_000), 1],
    ["error — 24 h de retard sur cette machine", ahead(-86_400_000), 1],
    ["ok — à moins d’une seconde", ahead(9_000, 8_900), 1],
    ["unchecked — horloge de laboratoire, 10 fois plus rapide", ahead(99_999_999), 10],
    ["unchecked — heure inconnue", undefined, 1],
  ])("says %s", (expected, offset, scale) => {
    expect(verdict(judgeClock(subject, offset, scale))).toBe(expected);
  });
});

describe("judgeClocks()", () => {
  test.each([
    [[], ""],
    [[["a", ahead(0)]], ""],
    [
      [
        ["a", ahead(-900)],
        ["b", ahead(1_000)],
      ],
      "",
    ],
    [
      [
        ["a", ahead(-4_000)],
        ["b", ahead(0)],
        ["c", ahead(4_000)],
      ],
      "warning — les horloges de a et de c diffèrent de 7,9 s",
    ],
    [
      [
        ["a", ahead(-4_000, 4_000)],
        ["b", ahead(4_000, 4_000)],
      ],
      "",
    ],
  ] as const)("of %j says « %s »", (offsets, expected) => {
    expect(verdict(judgeClocks(offsets)[0])).toBe(expected);
  });
});

describe("judgeVersion()", () => {
  test.each([
    ["9.2.11", undefined, "ok"],
    ["9.0", undefined, "ok"],
    ["8.4.1", undefined, "ok"],
    ["8.40", undefined, "warning"],
    ["8.3.5", undefined, "warning"],
    ["10.0", undefined, "warning"],
    ["7.4-3", undefined, "error"],
    [undefined, "9", "warning"],
    ["9.2.11", "9.2", "ok"],
    ["9.10", "9.1", "error"],
    ["8.4.1", "9", "error"],
  ])("of %s, declared %s, is %s", (version, declared, status) => {
    expect(judgeVersion({ ...NODE, version: declared }, version, subject).status).toBe(status);
  });

  test("judgeVersions() names the nodes of each major release when there are several", () => {
    expect(
      judgeVersions([
        ["a", "9.2"],
        ["b", "9.0"],
      ]),
    ).toEqual([]);
    const mixed = judgeVersions([
      ["a", "9.2"],
      ["b", "8.4.1"],
      ["c", "9.0"],
    ]);
    expect(verdict(mixed[0])).toBe("warning — les nœuds n’ont pas la même version majeure : 9 sur a, c ; 8 sur b");
  });
});

describe("judgePrivileges()", () => {
  const every = (paths: readonly string[], names: readonly string[]) =>
    Object.fromEntries(paths.map((path) => [path, Object.fromEntries(names.map((name) => [name, 1]))]));
  const all = [...new Set(NEEDS.map(({ privilege }) => privilege))];
  const paths = [...new Set(NEEDS.map(({ path }) => path))];
  const answer = { status: 200, reason: "OK" };

  test.each<readonly [string, Parameters<typeof judgePrivileges>[1], string, RegExp]>([
    ["all on each path", every(paths, all), "ok", /constat@pve/],
    ["all on the root, going down", every(["/"], all), "ok", /constat@pve/],
    [
      "all on the root, not going down",
      { "/": Object.fromEntries(all.map((name) => [name, 0])) },
      "error",
      /VM\.Audit sur \/vms/,
    ],
    [
      "what an auditor has",
      every(
        paths,
        all.filter((name) => name.endsWith(".Audit")),
      ),
      "warning",
      /VM\.Migrate sur \/vms/,
    ],
    ["nothing", {}, "error", /Sys\.Audit sur \//],
    ["no answer", undefined, "unchecked", /HTTP 200 OK/],
  ])("with %s", (_name, permissions, status, text) => {
    const seen = judgePrivileges(NODE, permissions, answer);
    expect(seen).toMatchObject({ status, text: expect.stringMatching(text) });
  });

  test("takes an empty path below the root for a refusal, whatever the root gives", () => {
    const seen = judgePrivileges(NODE, { ...every(["/"], all), "/vms": {} }, answer);
    expect(verdict(seen)).toMatch(/^error — il manque à constat@pve VM\.Audit sur \/vms/);
  });
});

describe("judgeCertificate()", () => {
  test.each([
    ["2026-11-23", "ok — épinglé, jusqu’au 01/01/2036"],
    ["2035-12-20", "warning — expire le 01/01/2036"],
    ["2036-01-02", "error — a expiré le 01/01/2036"],
    ["2025-12-31", "error — n’est valable qu’à partir du 01/01/2026"],
  ])("on %s says %s", async (day, expected) => {
    const { certificate } = await selfSigned("pve1");
    expect(verdict(judgeCertificate(subject, Buffer.from(certificate), new Date(day), "épinglé"))).toBe(expected);
  });
});

describe("judgeFacts()", () => {
  const FACTS = { ...{ hostname: "pve1.example.org", version: "9.2.11", machineId: "a", clock: ahead(0) } };
  const GIB = 1024 ** 3;
  test.each([
    ["root", { "/": 20 * GIB, "/tmp": 1 * GIB }, "ok root", "ok 20 Gio libres sur /"],
    ["sudo", { "/": 20 * GIB, "/var/lib/vz": 3 * GIB }, "warning NOT_ROOT", "warning DISK_LOW"],
    ["none", { "/": 900 * 1024 ** 2 }, "error NOT_ROOT", "error DISK_LOW"],
    ["none", {}, "error NOT_ROOT", "unchecked place libre inconnue"],
  ] as const)("of %s with %j", (rights, free, privileges, disk) => {
    const seen = judgeFacts(NODE, { ...FACTS, rights, free }, 1);
    const of = (check: string) => {
      const one = seen.find((each) => each.check === check);
      return one === undefined ? "" : `${one.status} ${"code" in one ? one.code : one.text}`;
    };
    expect([of("hostname"), of("privileges"), of("disk")]).toEqual(["ok pve1.example.org", privileges, disk]);
  });
});
