const WORDS =
  "apt|apt-get|apt-cache|awk|bash|blkid|bridge|cat|ceph|ceph-volume|chmod|chown|corosync-cfgtool|corosync-quorumtool|cp|crm_mon|curl|df|dig|dmesg|docker|dpkg|echo|fdisk|free|ha-manager|hostname|hostnamectl|ifreload|ip|ipmitool|iptables|journalctl|kubectl|ls|lsblk|lvcreate|lvextend|lvremove|lvs|mkdir|mkfs|mount|mv|nano|netstat|nmap|omping|parted|pct|ping|pvcreate|pvecm|pveceph|pvesh|pvesm|pveum|pveversion|pvresize|pvs|qemu-img|qm|rados|rbd|reboot|resize2fs|rm|rsync|scp|sed|sgdisk|smartctl|ss|ssh|ssh-copy-id|ssh-keygen|sudo|systemctl|tail|tcpdump|timedatectl|traceroute|umount|uptime|vgextend|vgs|virsh|wget|wipefs|zfs|zpool";
const PROMPTED =
  /^\s*(?:(?<user>[\w.-]+@(?<host>[\w\u2010\u2011.-]+))(?::[^\s#$]*)?|\[[^\]]+\])?\s*[#$]\s+(?<command>\S.*)$/u;
const BARE = new RegExp(`^\\s*(?:sudo\\s+)?(?:${WORDS})(?:\\s+(?<rest>\\S.*))?$`, "u");
const KNOWN = new RegExp(`^(?:sudo\\s+)?(?:${WORDS})(?:\\s|$)`, "u");

/** A line that is a command: with its prompt (a console's copy), or bare. */
export interface CommandLine {
  readonly command: string;
  readonly prompted: boolean;
  /** The machine that its prompt names. */
  readonly host?: string;
}

/** Reads a line as a command; undefined for a sentence that merely begins like one. */
export function commandLine(text: string): CommandLine | undefined {
  const prompted = PROMPTED.exec(text);
  if (prompted !== null) {
    const { command = "", host, user } = prompted.groups ?? {};
    const plain = typed(command);
    // `# Titre` is a prompt only before a command that is known.
    if (user !== undefined || KNOWN.test(plain))
      return { command: plain, prompted: true, ...(host !== undefined && { host: typed(host) }) };
  }
  const bare = BARE.exec(text);
  if (bare === null) return undefined;
  const { rest = "" } = bare.groups ?? {};
  const sentence =
    /[^\p{ASCII}\u00a0\u2010-\u2015‘’“”]/u.test(rest) ||
    /[.:;,!?]$/.test(text.trim()) ||
    /\s(?:est|sont|le|la|les|une?|des|du|pour|dans|the|is|are)\s/.test(rest);
  return sentence || rest === "" ? undefined : { command: typed(text.trim()), prompted: false };
}

/** A command as it is typed: a word processor had made its hyphens, spaces and quotes typographic. */
export function typed(text: string): string {
  return text
    .replace(/[\u2010-\u2013\u2212]/g, "-")
    .replace(/\u2014/g, "--")
    .replace(/[\u00a0\u202f\u2007]/g, " ")
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'");
}
