import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { openLedger } from "../recorded/ledger.ts";
import { GUEST_FILES, GUEST_ROWS } from "./guest-plan.ts";
import { type OpenLab, openLab, type Ran } from "./open-lab.ts";
import { readCommands } from "./recorded-commands.ts";

/** What no two machines have in common, made equal; and the noise of the recording's own machines, taken out. */
function plain(text: string): string {
  return text
    .replace(/^unable to get memory stat .*\n/gm, "")
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "UUID")
    .replace(/\bBC:24:11(?::[0-9A-F]{2}){3}/g, "MAC")
    .replace(/creation-qemu=[\d.]+,ctime=\d+/g, "BIRTH")
    .replace(/\b\d+ {1,6}\n/g, "PID\n")
    .replace(/^args: .*\n/gm, "")
    .replace(/ {2,}/g, "  ");
}

/** The options of a QEMU that is shown a line each, their values' figures and paths made equal. */
function optionForms(text: string): readonly string[] {
  const forms = plain(text)
    .replace(/ \\$/gm, "")
    .replace(/"[ef][0-9a-f]{30}"/g, '"NODE"')
    .replace(/-cpu \S+/, "-cpu CPU")
    .replace(/,bus=pci\.0,addr=0x[0-9a-f]+(?=,id=net)/g, "")
    .replace(/(,id=net\d+),.*'$/gm, "$1'");
  return forms.split("\n").map((line) => line.replace(/\d+/g, "N"));
}

/** The keys of a `--verbose` answer, by name. */
const keys = (text: string) => text.split("\n").flatMap((line) => /^\s*([\w-]+):/.exec(line)?.[1] ?? []);

const ledger = openLedger(import.meta.filename);
const hows = new Map(GUEST_ROWS.map(({ id, how }) => [id, how]));

describe.each(["9", "8.4"] as const)("qm and pvesm of %s", (dialect: Dialect) => {
  let lab: OpenLab;
  beforeAll(async () => {
    lab = await openLab(dialect);
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  test("answer what was recorded, letter for letter where machines do not differ", async () => {
    for (const command of GUEST_FILES[dialect].flatMap((file) => readCommands(file, { right: "", wrong: "" }))) {
      const how = hows.get(command.id);
      if (command.id === "8.4/qm/02-start-tcg.txt #1") await lab.run("pve1", "qm start 100");
      if (typeof how !== "string" || how === "columns") continue;
      const ran: Ran = await lab.run("pve1", command.command);
      if (how === "part") {
        expect(optionForms(ran.output).length).toBeGreaterThan(15);
        expect(optionForms(command.output), command.id).toEqual(expect.arrayContaining([...optionForms(ran.output)]));
      } else if (how === "keys") expect(keys(ran.output), command.id).toEqual(keys(command.output));
      else expect(plain(ran.output), command.id).toBe(plain(command.output));
      expect(ran.code, command.id).toBe(command.code);
      ledger.played(command.id);
    }
  });

  test("pvesm status has the recorded columns", async () => {
    const file = GUEST_FILES[dialect][0];
    const recorded = readCommands(file, { right: "", wrong: "" })[1]?.output.split("\n")[0];
    const { stdout } = await lab.run("pve1", "pvesm status");
    expect(stdout.split("\n")[0]?.replace(/^Name +Type/, "Name Type")).toBe(
      recorded?.replace(/^Name +Type/, "Name Type"),
    );
    ledger.played(`${file} #2`);
    expect(stdout).toMatch(/^shared +dir +active +\d+ +\d+ +\d+ +[\d.]+%$/m);
  });

  test("a running machine takes a new name at once, and memory at its next start", async () => {
    expect(await lab.run("pve1", "qm set 100 --name autre --memory 256")).toMatchObject({
      stdout: "update VM 100: -memory 256 -name autre\n",
      code: 0,
    });
    const pending = (await lab.run("pve1", "qm pending 100")).stdout;
    expect(pending).toContain("cur name: autre\n");
    expect(pending).toMatch(/^cur memory: 1\d\d\nnew memory: 256\n/m);
    await lab.run("pve1", "qm stop 100; qm start 100");
    expect((await lab.run("pve1", "qm config 100")).stdout).toContain("memory: 256\n");
  });

  test.each([
    ["qm set 100 --memory 8", 255, /memory\.current: value must have a minimum value of 16/],
    ["qm create 101 --name bad_name", 255, /name: invalid format - value does not look like a valid DNS name/],
    ["qm create 101 --scsi0 nulle:1", 255, /storage 'nulle' does not exist/],
    ["qm create 101 --scsi0 local:1", 255, /storage 'local' does not support vm images/],
    ["qm start", 255, /400 not enough arguments\nqm start <vmid> \[OPTIONS\]/],
    ["qm start 100 --nimporte", 255, /Unknown option: nimporte/],
    ["pvesm path shared", 255, /unable to parse volume ID 'shared'/],
  ])("%s is refused with the real text", async (command, code, text) => {
    const ran = await lab.run("pve1", command);
    expect(ran.stderr).toMatch(text);
    expect(ran.code).toBe(code);
  });

  test("destroy takes the disk along, and the storage lists nothing of it", async () => {
    expect((await lab.run("pve1", "pvesm list shared")).stdout).toContain("vm-100-disk-0.raw");
    expect(await lab.run("pve1", "qm destroy 100")).toMatchObject({ code: 255 });
    expect(await lab.run("pve1", "qm stop 100 && qm destroy 100")).toMatchObject({ code: 0 });
    expect((await lab.run("pve1", "pvesm list shared")).stdout).toBe("");
    expect(nodeOf(lab.world, "pve1").guests.size).toBe(0);
  });
});

test("every command that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});
