import { describe, expect, test } from "vitest";
import { checkRunbook, countOf } from "./check-runbook.ts";
import { readRunbooks, runbookOf } from "./read-runbooks.ts";

const runbooks = readRunbooks();

test.each(runbooks.map((runbook) => [runbook.file, runbook] as const))(
  "every command, option, call and parameter of %s exists in Proxmox VE 8.4 and 9",
  (_file, runbook) => {
    expect(checkRunbook(runbook)).toEqual([]);
    const { commands, calls } = countOf(runbook);
    // A check over nothing would pass as well.
    expect(commands + calls).toBeGreaterThan(10);
  },
);

/** What is wrong with a runbook of that one block. */
function wrongIn(fence: string, body: string): readonly string[] {
  const runbook = runbookOf("09-essai.md", `# 9. Essai\n\n\`\`\`${fence}\n${body}\n\`\`\`\n`);
  return checkRunbook(runbook).map((wrong) => wrong.replace(/^09-essai\.md #\S+: /, ""));
}

const byVersion = (eight: string, nine: string) =>
  `case "$(pveversion)" in\n  pve-manager/8*) ${eight} ;;\n  *) ${nine} ;;\nesac`;

describe("checkRunbook() finds", () => {
  test.each([
    ["an unknown option", 'pvecm create "$nom" --linkage 10', "pvecm create has no option '--linkage'"],
    ["an option in a pipe", "ceph -s | grep --colour=never x", "grep has no option '--colour=never'"],
    ["an option in a substitution", 'x="$(qm config 100 --all)"; echo "$x"', "qm config has no option '--all'"],
    [
      "an option in a function",
      "f() { pveceph pool create p --replicas 3; }; f",
      "pveceph pool create has no option '--replicas'",
    ],
    ["an option behind a carrier", "timeout 5 qm start 100 --now 1", "qm start has no option '--now'"],
    ["a letter that a tool has not", "lsblk -Z", "lsblk has no option '-Z'"],
    ["an unknown subcommand", "pveceph disk zap /dev/sdb", "pveceph has no command 'disk zap'"],
    ["an unknown word of a tool", "ip tunnel show", "ip has no command 'tunnel'"],
    ["too many words", "pvecm delnode pve2 pve3", "pvecm delnode takes 1 words, not 2"],
    ["an unknown command", "constatctl status", "constatctl is not a known command"],
    ["an unknown path", "pvesh get /cluster/quorum", "GET /cluster/quorum is not a known call of the API"],
    [
      "a method that a path has not",
      "pvesh create /cluster/status",
      "POST /cluster/status is not a known call of the API",
    ],
    [
      "an unknown parameter",
      "pvesh get /cluster/resources --kind vm",
      "GET /cluster/resources has no parameter 'kind'",
    ],
    [
      "a parameter handed on by set",
      'set -- --remote 1\npvesh create /cluster/sdn/zones --zone z "$@"',
      "POST /cluster/sdn/zones has no parameter 'remote'",
    ],
    [
      "a path in a variable",
      'vm="/nodes/$1/qemu/$2"\npvesh get "$vm/disks"',
      "GET /nodes/{}/qemu/{}/disks is not a known call of the API",
    ],
    ["what only 9 has", "ha-manager rules list", "ha-manager rules list is not in 8.4"],
    [
      "an option that only 9 has",
      "ha-manager add vm:100 --failback 0",
      "ha-manager add has no option '--failback' in 8.4",
    ],
    ["what only 8 has", "ha-manager groupconfig", "ha-manager groupconfig is not in 9"],
    ["a call that only 9 has", "pvesh get /cluster/sdn/dry-run --node pve", "GET /cluster/sdn/dry-run is not in 8.4"],
    [
      "the branches of the versions exchanged",
      byVersion("ha-manager rules list", "ha-manager rules list"),
      "ha-manager rules list is not in 8.4",
    ],
  ])("%s", (_what, script, wrong) => {
    expect(wrongIn("bash {#a .check on=pve1}", script)).toEqual([wrong]);
  });

  test.each([
    ["an unknown path", "GET /cluster/quorum", "GET /cluster/quorum is not a known call of the API"],
    [
      "an unknown parameter of the query",
      "GET /cluster/resources?kind=vm",
      "GET /cluster/resources has no parameter 'kind'",
    ],
    [
      "an unknown field of the form",
      "POST /nodes/{{noeud}}/qemu/100/migrate\nContent-Type: application/x-www-form-urlencoded\n\ntarget=pve&live=1",
      "POST /nodes/{node}/qemu/{vmid}/migrate has no parameter 'live'",
    ],
  ])("%s in an http block", (_what, request, wrong) => {
    expect(wrongIn("http {#a .check on=pve1}", request)).toEqual([wrong]);
  });

  test("an unknown path behind a picture", () => {
    const body = 'view: datacenter/cluster\nexpect:\n  - { api: "/cluster/quorum?node=a", path: "$", count: 1 }';
    const fence = "yaml {#a .browser .check on=pve1}";
    expect(wrongIn(fence, body)).toEqual(["GET /cluster/quorum is not a known call of the API"]);
  });
});

describe("checkRunbook() lets pass", () => {
  test.each([
    ["each version's own command in its branch", byVersion("ha-manager groupconfig", "ha-manager rules list")],
    ["a numbered key", "qm set 100 --net1 virtio --scsi12 local:1"],
    ["letters in a bundle, and a number at once", "ls -lah; tail -n5 x; ping -c 1 -W 2 x"],
    ["words that a site gives", 'qm create "$vm_id" --name x $vm_options'],
    ["a command that a site gives", "$ha_victim_power_off"],
    ["the script's own functions", "dire() { echo x; }; dire a b"],
  ])("%s", (_what, script) => {
    expect(wrongIn("bash {#a .check on=pve1}", script)).toEqual([]);
  });

  test("a call to a management controller", () => {
    expect(wrongIn("http {#a .check on=pve1}", "GET bmc:/redfish/v1/Systems/")).toEqual([]);
  });
});
