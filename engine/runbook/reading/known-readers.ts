import type { Word } from "./script-syntax.ts";
import { sedOnlyPrints } from "./sed-reads.ts";

type Args = readonly Word[];
/** Whether a command with these arguments is known to read only. */
export type Reads = (args: Args) => boolean;

const list = (text: string): readonly string[] => text.split(/,\s*/);
const operands = (args: Args): Args => args.filter(({ text }) => !text.startsWith("-") || text === "-");
const texts = (args: Args): readonly string[] => args.map(({ text }) => text);

/** Whatever stands behind it. */
const always: Reads = () => true;
/** None of these options, and nothing that could become one. */
const without =
  (forbidden: RegExp): Reads =>
  (args) =>
    args.every(({ text, loose }) => !loose && !forbidden.test(text));
/** The first words that are no options are one of these, written out. */
const verbs = (reading: string): Reads => {
  const known = list(reading).map((verb) => verb.split(" "));
  return (args) => {
    const words = operands(args);
    return known.some((verb) => verb.every((word, index) => words[index]?.text === word && !words[index]?.dynamic));
  };
};
const both =
  (...tests: readonly Reads[]): Reads =>
  (args) =>
    tests.every((test) => test(args));
const either =
  (...tests: readonly Reads[]): Reads =>
  (args) =>
    tests.some((test) => test(args));
const bare: Reads = (args) => operands(args).length === 0 && args.every(({ dynamic }) => !dynamic);
/** A second name is written to. */
const oneFile: Reads = (args) => operands(args).length <= 1 && args.every(({ loose }) => !loose);
const has =
  (option: RegExp): Reads =>
  (args) =>
    args.some(({ text, dynamic }) => !dynamic && option.test(text));

/** Programs of awk run commands by `system` and pipes, and write by `>`: a comparison is written within parentheses or slashes of a condition. */
const awk: Reads = (args) => {
  const program = args.findIndex(
    ({ text }, index) => !text.startsWith("-") && !/^-[vF]$/.test(args[index - 1]?.text ?? ""),
  );
  const { text = "", dynamic = true } = args[program] ?? {};
  const options = args.slice(0, program);
  if (dynamic || options.some(({ text: option }) => /^-(?:f|i|l|E)|^--/.test(option))) return false;
  const code = text.replace(/"(?:\\.|[^"\\])*"/g, '""').replace(/\/(?:\\.|[^/\\\n])+\//g, "//");
  const outside = code.replace(/\{[^{}]*\}/g, (action) => (/print[^;}]*>/.test(action) ? "\0" : action));
  return !/\0|\bsystem\b|\||\bgetline\b|@|\bclose\b|\bfflush\b/.test(outside.replaceAll("||", ""));
};

const sed: Reads = (args) => {
  if (!without(/^(?:-[a-zA-Z]*[if].*|--in-place.*|--file.*)$/)(args)) return false;
  const scripts = args.flatMap(({ text }, index) => {
    if (text.startsWith("--expression=")) return [text.slice("--expression=".length)];
    return /^-[a-zA-Z]*e$/.test(args[index - 1]?.text ?? "") ? [text] : [];
  });
  const [first] = operands(args);
  const all = scripts.length > 0 ? scripts : first === undefined ? [] : [first.text];
  return all.length > 0 && all.every(sedOnlyPrints) && !args.some(({ text, dynamic }) => all.includes(text) && dynamic);
};

/** Every command given to the router's shell is a `show`. */
const vtysh: Reads = (args) =>
  has(/^-c$/)(args) &&
  args.every(({ text, loose }, index) => !loose && (args[index - 1]?.text !== "-c" || /^show\b/.test(text)));

const curl: Reads = both(
  without(
    /^(?:-[a-zA-Z]*[dFTKoOJc]|--(?:data.*|form.*|json.*|upload-file.*|config.*|output.*|remote-.*|cookie-jar.*|dump-header.*|trace.*|quote.*|mail-.*|stderr.*|next|libcurl.*|etag-save.*|hsts.*|alt-svc.*)|-[a-zA-Z]*[DQ])/,
  ),
  (args) =>
    args.every(({ text }, index) => {
      const before = args[index - 1]?.text ?? "";
      const method = /^(?:-X|--request)$/.test(before) ? text : /^(?:-X|--request=)(.+)$/.exec(text)?.[1];
      return method === undefined || /^(?:GET|HEAD)$/i.test(method);
    }),
);

const SIMPLE = list(
  "cat, head, tail, wc, cut, tr, grep, egrep, fgrep, zgrep, zcat, cmp, comm, paste, join, fold, nl, rev, tac, column, od, hexdump, base64, " +
    "md5sum, sha1sum, sha256sum, sha512sum, cksum, stat, ls, readlink, realpath, basename, dirname, pwd, cd, echo, true, false, :, " +
    "exit, return, break, continue, shift, set, shopt, wait, " +
    "sleep, seq, uname, nproc, arch, id, whoami, who, w, groups, getent, uptime, free, df, du, lsblk, findmnt, lspci, lsusb, lscpu, lsmem, " +
    "dmidecode, ps, pgrep, ss, netstat, ping, ping6, tracepath, traceroute, host, dig, nslookup, dpkg-query, apt-cache, pveversion, " +
    "pveperf, jq, expr, bc, diff, type, hash, umask, ulimit, times, jobs, locale, tty, lsmod, modinfo, getfacl, lsattr, namei, " +
    "vgs, lvs, pvs, vgdisplay, lvdisplay, pvdisplay, lsof, sensors, numfmt, ssh-keyscan, strings, cal, logname, printenv, ldd, which",
);

/** What bash itself does with its variables; a name that holds `$(…)` within quotes would be run. */
const BUILTINS = list("test, [, read, local, declare, typeset, readonly, export, unset, printf, getopts");
const plainly: Reads = (args) => args.every(({ text, dynamic }) => dynamic || !/\$\(|`/.test(text));

/** Commands that are known, and when they only read. What is not here is not known. */
const BY_NAME: Readonly<Record<string, Reads>> = {
  ...Object.fromEntries(BUILTINS.map((name) => [name, plainly])),
  file: without(/^(?:-[a-zA-Z]*C|--compile)/),
  mktemp: both(without(/^(?:-[a-zA-Z]*p|--tmpdir)/), (args) =>
    operands(args).every(({ text }) => /^\/tmp\/[^.]/.test(text)),
  ),
  awk,
  gawk: awk,
  mawk: awk,
  sed,
  vtysh,
  curl,
  uniq: oneFile,
  xxd: both(oneFile, without(/^-[a-z]*r/)),
  sort: without(/^(?:-[a-zA-Z]*[oT]|--(?:output|compress-program|temporary).*)/),
  find: without(/^-(?:delete|exec|execdir|ok|okdir|fprint.*|fls|fprintf)$/),
  date: both(without(/^(?:-[a-zA-Z]*s.*|--set.*)$/), (args) =>
    args.every(
      ({ text }, index) =>
        /^[-+]/.test(text) || /^(?:-[drf]|--(?:date|reference|file))$/.test(args[index - 1]?.text ?? ""),
    ),
  ),
  hostname: both(bare, without(/^-(?:F|b)/)),
  hostnamectl: either(bare, verbs("status")),
  timedatectl: either(bare, verbs("status, show, timesync-status, list-timezones")),
  mount: either(
    (args) => args.length === 0,
    (args) => texts(args).join(" ") === "-l",
  ),
  sysctl: without(/^(?:-w|--write|-p.*|--load.*|--system|.*=.*)$/),
  ip: both(without(/^-(?:b|batch|force|n|netns|a|all)$/), (args) => {
    const [object, verb] = operands(args);
    return (
      object?.dynamic === false &&
      (verb === undefined || (!verb.dynamic && /^(?:show|list|ls|lst|get)$/.test(verb.text)))
    );
  }),
  bridge: both(without(/^-(?:b|batch|force|n|netns)$/), (args) => {
    const [object, verb] = operands(args);
    return object?.dynamic === false && (verb === undefined || (!verb.dynamic && /^(?:show|list|ls)$/.test(verb.text)));
  }),
  ethtool: without(/^(?:-[sACGKELNXUWfpPrtT]|--(?!show|statistics|driver|version|json|module-info).*)$/),
  journalctl: without(
    /^--(?:vacuum.*|rotate|flush|sync|relinquish.*|smart-.*|update-catalog|setup-keys.*|cursor-file.*)$/,
  ),
  dmesg: without(/^(?:-[a-zA-Z]*[CcDEn].*|--(?:clear|read-clear|console.*))$/),
  systemctl: verbs(
    "is-active, is-enabled, is-failed, is-system-running, status, show, cat, list-units, list-unit-files, list-timers, list-sockets, " +
      "list-dependencies, list-jobs, get-default, show-environment",
  ),
  loginctl: verbs("list-sessions, list-users, show-session, session-status"),
  chronyc: verbs("tracking, sources, sourcestats, activity, ntpdata, serverstats"),
  ntpq: has(/^-[a-z]*p/),
  crontab: has(/^-l$/),
  dpkg: both(
    has(/^(?:-[lsLSpC]|--(?:list|status|listfiles|search|print-.*|audit|verify|compare-versions))$/),
    without(/^(?:-[irP]|--(?:install|remove|purge|unpack|configure|set-.*|clear-.*|update-.*|merge-.*))$/),
  ),
  apt: verbs("list, show, policy, search, depends, rdepends"),
  "apt-mark": verbs("showmanual, showauto, showhold"),
  pvecm: verbs("status, nodes, apiver"),
  qm: either(
    verbs("list, status, config, showcmd, pending, listsnapshot, guest exec-status, cloudinit dump, cloudinit pending"),
    both(verbs("agent"), (args) =>
      /^(?:ping|info|get-.*|network-get-interfaces|fsfreeze-status)$/.test(operands(args)[2]?.text ?? ""),
    ),
    both(verbs("guest cmd"), (args) =>
      /^(?:ping|info|get-.*|network-get-interfaces|fsfreeze-status)$/.test(operands(args)[3]?.text ?? ""),
    ),
  ),
  pct: verbs("list, status, config, pending, listsnapshot, df, cpusets"),
  pvesm: verbs("status, list, path, apiinfo, lvmscan, lvmthinscan, zfsscan"),
  pvesh: verbs("get, ls, usage"),
  pvenode: verbs("config get, cert info, task list, task log, task status, acme account list, acme plugin list"),
  pveum: verbs("user list, user permissions, user token list, group list, role list, acl list, realm list, pool list"),
  pvesubscription: verbs("get"),
  "pve-firewall": verbs("status, localnet"),
  pveceph: verbs("status, lspools, pool ls, pool get, osd details"),
  "ha-manager": verbs("status, config, groupconfig, rules list, rules config"),
  "corosync-cfgtool": (args) => args.every(({ text, dynamic }) => !dynamic && /^-(?:s|n|b|v)$/.test(text)),
  "corosync-quorumtool": (args) => args.every(({ text, dynamic }) => !dynamic && /^-[slipoH]+$/.test(text)),
  "corosync-cmapctl": (args) =>
    args.every(({ text }) => !text.startsWith("-") || /^-[gbm]$/.test(text)) && !args.some(({ loose }) => loose),
  ceph: either(
    verbs(
      "status, health, df, versions, version, quorum_status, osd tree, osd df, osd stat, osd dump, osd metadata, osd ls, osd perf, osd pool ls, " +
        "osd pool get, osd pool stats, osd pool autoscale-status, osd crush tree, osd crush dump, osd crush rule ls, osd crush rule dump, osd find, " +
        "osd versions, osd ok-to-stop, osd safe-to-destroy, osd blocked-by, osd utilization, mon stat, mon dump, mon metadata, mon versions, mon ok-to-stop, mgr stat, mgr dump, mgr services, " +
        "mgr metadata, mgr module ls, mgr versions, pg stat, pg dump, pg ls, pg map, config dump, config get, config show, fs ls, fs status, fs dump, mds stat, " +
        "node ls, crash ls, crash info, crash stat, log last, features, device ls, balancer status, time-sync-status, report, orch ls, orch ps, orch status",
    ),
    both(bare, has(/^-s$/)),
  ),
  rbd: verbs(
    "ls, list, info, status, du, disk-usage, snap ls, showmapped, device list, pool stats, mirror pool status",
  ),
  rados: verbs("lspools, df, ls, stat, listsnaps"),
  "ceph-volume": verbs("lvm list, inventory, raw list"),
  wipefs: without(/^(?:-[a-z]*[ao].*|--all|--offset.*|-[a-z]*b.*|--backup.*)$/),
  blkid: without(/^(?:-[a-z]*g.*|--garbage-collect|-c.*|--cache-file.*)$/),
  fdisk: both(has(/^(?:-l|--list)$/), without(/^-(?:w|W)/)),
  sfdisk: both(
    has(/^(?:-[ldJV]|--(?:list|dump|json|verify))$/),
    without(/^--(?:delete|append|force|wipe.*|part-.*|disk-.*|activate|reorder|move-.*|relocate.*)$/),
  ),
  sgdisk: (args) =>
    args.every(
      ({ text, dynamic }) =>
        !text.startsWith("-") || (!dynamic && /^(?:-p|-i|-v|--print|--info.*|--verify)$/.test(text)),
    ),
  parted: both(
    has(/^(?:-[a-z]*[lsm][a-z]*|--list|--script)$/),
    (args) => has(/^(?:-l|--list)$/)(args) || operands(args).at(-1)?.text === "print",
  ),
  smartctl: without(/^(?:-[a-zA-Z]*[tsXSoF].*|--(?:test|smart|abort|saveauto|offlineauto|set|firmwarebug).*)$/),
  mdadm: either(has(/^(?:-D|--detail|-E|--examine|-Q|--query)$/)),
  zpool: verbs("list, status, get, iostat, history"),
  zfs: verbs("list, get, holds"),
  iptables: both(
    has(/^(?:-L|-S|--list|--list-rules)$/),
    without(/^-(?:[ADIRFXPNEZ]|-(?:append|delete|insert|replace|flush|policy|new-chain|zero|rename).*)$/),
  ),
  ip6tables: both(
    has(/^(?:-L|-S|--list|--list-rules)$/),
    without(/^-(?:[ADIRFXPNEZ]|-(?:append|delete|insert|replace|flush|policy|new-chain|zero|rename).*)$/),
  ),
  nft: verbs("list"),
  "ovs-vsctl": verbs("show, list, list-br, list-ports, get"),
  openssl: both(
    verbs("verify, x509, version, dgst, crl, s_client"),
    without(/^-(?:out|keyout|writerand|CAcreateserial|CAserial|signkey|sess_out|keylogfile|sign|engine|provider.*)$/),
  ),
  "ssh-keygen": both(has(/^-[FlH]$/), without(/^-[HRtKAsyqNC]$/)),
  wget: both(
    has(/^--spider$/),
    without(/^--(?:post.*|body.*|method.*|output.*|warc.*|execute.*|save-.*|use-askpass.*)|^-[oOaePi]/),
  ),
  command: has(/^-[vV]$/),
  kill: (args) => ["-0", "-l", "-L"].includes(args[0]?.text ?? "") && args[0]?.dynamic === false,
  python3: (args) => /^-m json\.tool(?: [^ ]+)?$/.test(texts(args).join(" ")) && args.every(({ loose }) => !loose),
  "apt-get": () => false,
};

/** Whether a command is known to read only; undefined when the command itself is not known. */
export function readsOnly(name: string, args: Args): boolean | undefined {
  if (SIMPLE.includes(name)) return always(args);
  const test = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  return test?.(args);
}
