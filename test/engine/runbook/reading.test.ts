// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell, not TypeScript
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { parseRunbook } from "../../../engine/runbook/index.ts";
import { doubtsAbout } from "../../../engine/runbook/reading/index.ts";

/** The first doubt as `changes` or `unknown` and the text it points at; `reads` when there is none. */
function verdict(script: string): string {
  const [doubt] = doubtsAbout(script);
  return doubt === undefined ? "reads" : `${doubt.type} @ ${script.slice(doubt.offset).split(/[\s;]/)[0]}`;
}

describe("doubtsAbout()", () => {
  it.each([
    ["touch /etc/trace", "changes @ touch"],
    ["pvecm status\nsystemctl restart corosync", "changes @ systemctl"],
    ["pvesh create /cluster/ha/resources --sid vm:100", "changes @ pvesh"],
    ["pvesh set /nodes/pve1/config", "changes @ pvesh"],
    ["pvesh delete /nodes/pve1/qemu/100", "changes @ pvesh"],
    ["qm start 100", "changes @ qm"],
    ["qm agent 100 shutdown", "changes @ qm"],
    ["curl -s -X POST https://pve1/api2/json/x", "changes @ curl"],
    ["curl --data a=b https://pve1/", "changes @ curl"],
    ["echo x > /etc/motd", "changes @ /etc/motd"],
    ["echo ok; cat <<FIN\n$(rm -rf /var/lib/x)\nFIN", "changes @ rm"],
    ['echo "${y:-$(mv /etc/a /etc/b)}"', "changes @ mv"],
    ["echo $((1 + $(touch /srv/a)))", "changes @ touch"],
    ["f() { reboot; }\nf", "changes @ reboot"],
    ["diff <(touch /srv/a) /dev/null", "changes @ touch"],
    ["case $x in a) qm stop 100 ;; esac", "changes @ qm"],
    ["if false; then poweroff; fi", "changes @ poweroff"],
    ["bash -c 'touch /srv/a'", "changes @ bash"],
    ["sudo -n systemctl stop pveproxy", "changes @ systemctl"],
    ["ls | xargs rm", "changes @ rm"],
    ["find /var -name x -exec rm {} +", "changes @ rm"],
    ["trap 'touch /srv/a' EXIT", "changes @ trap"],
    ["command touch /srv/a", "changes @ touch"],
    ["f=/tmp/x; read -r f; echo a > $f", "unknown @ $f"],
    ["f=/tmp/x; for f in /etc/*; do echo a > $f; done", "unknown @ $f"],
    ["./deploiement.sh", "unknown @ ./deploiement.sh"],
    ["/srv/bin/cat /etc/motd", "unknown @ /srv/bin/cat"],
    ["outil-maison --etat", "unknown @ outil-maison"],
    ["$outil status", "unknown @ $outil"],
    ["pvesh $verbe /cluster/status", "changes @ pvesh"],
    ['eval "$commande"', "unknown @ eval"],
    [". /etc/profil", "unknown @ ."],
    ["PATH=/srv/bin:$PATH; cat x", "unknown @ PATH=/srv/bin:$PATH"],
    ["export LD_PRELOAD=/srv/x.so", "unknown @ export"],
    ["ssh pve2 cat /etc/motd", "unknown @ ssh"],
    ['python3 -c \'open("/etc/x", "w")\'', "unknown @ python3"],
    ["perl -e 'unlink \"/etc/x\"'", "unknown @ perl"],
    ["awk 'BEGIN { system(\"reboot\") }'", "unknown @ awk"],
    ["awk '{ print > \"/etc/x\" }' y", "unknown @ awk"],
    ["sed -n 'w /etc/x' y", "unknown @ sed"],
    ["sed 's/a/b/w /etc/x' y", "unknown @ sed"],
    ["sed 's/a/reboot/e' y", "unknown @ sed"],
    ["sort -o /etc/x y", "unknown @ sort"],
    ["find /etc $options", "unknown @ find"],
    ["ip route add default via 10.0.0.1", "changes @ ip"],
    ["date -s 2020-01-01", "unknown @ date"],
    ["vtysh -c 'clear bgp *'", "unknown @ vtysh"],
    ["test -v 'a[$(touch /srv/a)]'", "unknown @ test"],
    ["[[ 'a[$(touch /srv/a)]' -eq 1 ]]", "unknown @ [["],
    ["echo ${x@P}", "unknown @ echo"],
    ["cat < /dev/tcp/10.0.0.1/80 > /dev/tcp/10.0.0.1/80", "changes @ /dev/tcp/10.0.0.1/80"],
    ["echo 'jamais fermé", "unknown @ echo"],
  ])("refuses %j", (script, expected) => {
    expect(verdict(script)).toBe(expected);
  });

  it.each([
    "pvecm status",
    "systemctl is-active --quiet corosync",
    "pvesh get /cluster/status --output-format json | grep -c online",
    'f=$(mktemp); ls > "$f"; rm -f "$f"',
    "echo a > /tmp/essai/x 2>&1; cat /tmp/essai/x 2>/dev/null >&2",
    'for n in pve1 pve2; do ping -c 1 -W 2 "$n" || exit 1; done',
    "awk -v x=\"$y\" 'NR > 1 && $1 > 3 { s += $2 } END { print s }'",
    "sed -n 's/^ *cluster_name: *//p; /a\\/b/d' /etc/pve/corosync.conf",
    "while read -r a b; do printf '%s\\n' \"$a\"; done < /etc/hosts",
    "qm agent 100 ping && qm guest cmd 100 get-osinfo",
    "vtysh -c 'show bgp summary' -c 'show ip route'",
    'curl -fsSLI "$url"',
    "timeout 5 ceph -s",
    "",
  ])("takes %j for reading", (script) => {
    expect(verdict(script)).toBe("reads");
  });

  it("takes every check of the seven chapters for reading, and none of their actions", () => {
    const folder = join(import.meta.dirname, "../../../runbooks");
    const blocks = readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .flatMap((path) => parseRunbook(new VFile({ path, value: readFileSync(join(folder, path), "utf8") })).blocks)
      .filter(({ kind }) => kind === "shell");
    const wrong = blocks.filter(({ role, body }) => (role === "check") !== (doubtsAbout(body).length === 0));
    expect(wrong.map(({ id }) => id)).toEqual([]);
    expect(blocks.length).toBeGreaterThan(200);
  });
});
