import { machineId } from "../state/machine-id.ts";
import { interfacesText } from "../state/network-config.ts";
import type { NodeState } from "../state/node.ts";
import { hashPassword } from "../state/password-hash.ts";
import type { World } from "../state/world.ts";

/** The text files of a freshly installed node, by absolute path. */
export function seedFiles(world: World, node: NodeState): ReadonlyMap<string, string> {
  const fqdn = `${node.name}.${node.dns.search}`;
  const [release, debian] = world.dialect === "9" ? ["13", "13.1"] : ["12", "12.11"];
  const codename = node.versions.debian;
  return new Map([
    ["/etc/hostname", `${node.name}\n`],
    ["/etc/machine-id", `${machineId(node)}\n`],
    ["/etc/hosts", hosts(node, fqdn)],
    ["/etc/resolv.conf", `search ${node.dns.search}\nnameserver ${node.dns.dns1}\n`],
    ["/etc/debian_version", `${debian}\n`],
    ["/etc/os-release", osRelease(release, debian, codename)],
    ["/etc/timezone", "Etc/UTC\n"],
    ["/etc/passwd", "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n"],
    ["/etc/shadow", `root:${hashPassword(node.rootPassword)}:20480:0:99999:7:::\nwww-data:*:20480:0:99999:7:::\n`],
    ["/etc/group", "root:x:0:\nwww-data:x:33:\n"],
    ["/etc/network/interfaces", interfacesText(node)],
    ["/proc/version", `Linux version ${node.versions.kernel} (build@proxmox) ${node.versions.kernelBuild}\n`],
    ["/root/.profile", "# ~/.profile: executed by Bourne-compatible login shells.\n"],
    ["/dev/null", ""],
  ]);
}

function hosts(node: NodeState, fqdn: string): string {
  return [
    "127.0.0.1 localhost.localdomain localhost",
    `${node.address} ${fqdn} ${node.name}`,
    "",
    "# The following lines are desirable for IPv6 capable hosts",
    "",
    "::1     ip6-localhost ip6-loopback",
    "fe00::0 ip6-localnet",
    "ff00::0 ip6-mcastprefix",
    "ff02::1 ip6-allnodes",
    "ff02::2 ip6-allrouters",
    "ff02::3 ip6-allhosts",
    "",
  ].join("\n");
}

function osRelease(release: string, full: string, codename: string): string {
  return [
    `PRETTY_NAME="Debian GNU/Linux ${release} (${codename})"`,
    'NAME="Debian GNU/Linux"',
    `VERSION_ID="${release}"`,
    `VERSION="${release} (${codename})"`,
    `VERSION_CODENAME=${codename}`,
    ...(release === "13" ? [`DEBIAN_VERSION_FULL=${full}`] : []),
    "ID=debian",
    'HOME_URL="https://www.debian.org/"',
    'SUPPORT_URL="https://www.debian.org/support"',
    'BUG_REPORT_URL="https://bugs.debian.org/"',
    "",
  ].join("\n");
}
