import type { PlainCommand } from "./plain-commands.ts";
import { isScratch } from "./scratch-path.ts";

type Args = readonly string[];
type Test = (args: Args) => boolean;

const list = (text: string) => text.split(/\s*,\s*/);
const operands = (args: Args) => args.filter((word) => !word.startsWith("-"));

/** Proxmox's tools are closed sets of verbs: all but these (and no verb at all) change something. */
const allBut = (reading: string): Test => {
  const verbs = list(reading);
  return (args) => {
    const words = `${operands(args).join(" ")} `;
    return words.trim() !== "" && !verbs.some((verb) => words.startsWith(`${verb} `));
  };
};
const firstIs = (changing: string): Test => {
  const verbs = list(changing);
  return (args) => verbs.includes(operands(args)[0] ?? "");
};
const someIs = (changing: string): Test => {
  const verbs = list(changing);
  return (args) => args.some((word) => verbs.includes(word));
};
const option =
  (pattern: RegExp): Test =>
  (args) =>
    args.some((word) => pattern.test(word));
const anyPath: Test = (args) => operands(args).some((path) => !isScratch(path));
const pathsAfterFirst: Test = (args) => anyPath(operands(args).slice(1));
const lastPath: Test = (args) => !isScratch(operands(args).at(-1) ?? "");

const SERVICE =
  "start, stop, restart, reload, try-restart, reload-or-restart, enable, disable, reenable, mask, unmask, kill, isolate, edit, " +
  "set-default, set-property, daemon-reload, daemon-reexec, reset-failed, poweroff, reboot, halt, suspend, revert, link, preset";
const PACKAGES =
  "install, remove, purge, upgrade, dist-upgrade, full-upgrade, autoremove, autopurge, update, clean, reinstall";
const CEPH =
  "set, unset, out, in, down, rm, remove, create, delete, destroy, purge, new, add, del, enable, disable, reweight, " +
  "reweight-by-utilization, repair, scrub, deep-scrub, rename, fail, application, apply, import, assimilate-conf, tell";
const GUEST_READS =
  "list, status, config, showcmd, pending, listsnapshot, guest exec-status, cloudinit dump, cloudinit pending, help";
/** `qm agent 100 ping`, `qm guest cmd 100 get-osinfo`; the others stop the machine or freeze its disks. */
const asksAgent: Test = (args) =>
  /^(?:agent|guest cmd) \S+ (?:ping|info|get-\S+|network-get-interfaces|fsfreeze-status)(?: |$)/.test(
    operands(args).join(" "),
  );

const BY_NAME: Readonly<Record<string, Test>> = {
  pvecm: allBut("status, nodes, apiver, help"),
  qm: (args) => allBut(GUEST_READS)(args) && !asksAgent(args),
  pct: allBut("list, status, config, pending, listsnapshot, df, cpusets, help"),
  pveceph: allBut("status, lspools, pool ls, pool get, osd details, help"),
  "ha-manager": allBut("status, config, groupconfig, rules list, rules config, help"),
  pvesm: allBut(
    "status, list, path, scan, apiinfo, cifsscan, nfsscan, iscsiscan, lvmscan, lvmthinscan, zfsscan, extractconfig, help",
  ),
  pvesh: allBut("get, ls, usage, help"),
  pvenode: allBut("config get, cert info, task list, task log, task status, acme account list, acme plugin list, help"),
  pveum: allBut(
    "user list, user permissions, user token list, group list, role list, acl list, realm list, pool list, help",
  ),
  vzdump: () => true,
  ceph: someIs(CEPH),
  "ceph-volume": allBut("lvm list, inventory, raw list, simple scan"),
  rbd: firstIs("create, rm, remove, resize, rename, mv, import, copy, cp, clone, flatten, map, unmap, feature"),
  rados: firstIs("put, rm, mkpool, rmpool, purge, append, truncate, bench"),
  systemctl: firstIs(SERVICE),
  service: someIs(SERVICE),
  apt: firstIs(PACKAGES),
  "apt-get": firstIs(PACKAGES),
  aptitude: firstIs(PACKAGES),
  dpkg: option(/^(?:-i|-r|-P|--install|--remove|--purge|--configure|--unpack)$/),
  rm: anyPath,
  rmdir: anyPath,
  unlink: anyPath,
  shred: anyPath,
  mv: anyPath,
  touch: anyPath,
  mkdir: anyPath,
  truncate: anyPath,
  tee: anyPath,
  cp: lastPath,
  ln: lastPath,
  install: lastPath,
  rsync: lastPath,
  scp: lastPath,
  chmod: pathsAfterFirst,
  chown: pathsAfterFirst,
  dd: (args) => args.some((word) => word.startsWith("of=") && !isScratch(word.slice(3))),
  sed: (args) => option(/^(?:-[a-zA-Z]*i.*|--in-place.*)$/)(args) && lastPath(args),
  find: option(/^-delete$/),
  wipefs: option(/^(?:-[a-z]*[ao].*|--all|--offset.*)$/),
  sgdisk: option(
    /^(?:-[a-zA-Z]*[nodZzgcte].*|--(?:new|delete|zap|clear|mbrtogpt|change-name|typecode|load-backup).*)$/,
  ),
  parted: someIs("mklabel, mkpart, rm, resizepart, set, name, rescue"),
  zpool: allBut("list, status, get, iostat, history, events"),
  zfs: allBut("list, get, diff, holds"),
  ip: (args) => firstIs("add, del, delete, set, change, replace, flush, append")(operands(args).slice(1)),
  sysctl: option(/^(?:-w|--write|-p|--load|--system|[\w.]+=.*)$/),
  curl: (args) =>
    option(/^(?:-[a-zA-Z]*[dFT]|--(?:data|form|json|upload-file).*)$/)(args) ||
    /(?:^| )(?:-X|--request)[ =]?(?!GET\b|HEAD\b)\S/i.test(args.join(" ")),
  wget: option(/^--(?:post-|body-|method=(?!GET|HEAD)).*/i),
  busctl: someIs("call, set-property, emit"),
  "dbus-send": () => true,
  crontab: (args) => !args.includes("-l"),
  // Signal 0 only asks whether the process is there.
  kill: (args) => !["-0", "-l", "-L"].includes(args[0] ?? ""),
  mount: (args) => operands(args).length > 0,
  hostnamectl: someIs("set-hostname, hostname"),
  timedatectl: someIs("set-time, set-timezone, set-ntp"),
};

/** Changing something is all these do. */
const ALWAYS = new Set(
  list(
    "mkswap, lvextend, lvcreate, lvremove, lvreduce, lvresize, lvchange, lvrename, lvconvert, vgcreate, vgremove, vgextend, " +
      "vgreduce, vgchange, vgrename, pvcreate, pvremove, pvresize, pvmove, resize2fs, xfs_growfs, growpart, reboot, poweroff, " +
      "shutdown, halt, init, telinit, pkill, killall, useradd, userdel, usermod, groupadd, groupdel, passwd, chpasswd, " +
      "umount, swapon, swapoff, modprobe, rmmod, ifup, ifdown, ifreload, update-grub",
  ),
);

/** Whether a command is known to change something on the machine. A command that is not known is not suspected. */
export function isMutating({ name, args }: PlainCommand): boolean {
  if (args.includes("--help") || args.includes("--version")) return false;
  if (ALWAYS.has(name) || /^mkfs(?:\.|$)/.test(name)) return true;
  return Object.hasOwn(BY_NAME, name) && (BY_NAME[name]?.(args) ?? false);
}
