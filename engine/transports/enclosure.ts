import { ProblemError } from "../base/problem.ts";
import type { ScriptHost } from "./script-process.ts";

/** Begins the last line of an enclosure that could not be closed; why follows. */
const REFUSAL = "constat-enclos: ";

/**
 * What a script keeps of root's rights there: to read, to ask others over their sockets, to ping. It cannot mount, load modules, set
 * clocks, networks or devices, or restart.
 */
const KEPT = ["dac_override", "dac_read_search", "net_raw", "syslog", "sys_ptrace"];

/** Places that stay as they are: other processes are asked through them, or nothing lasts in them. */
const OPEN =
  "/dev/shm | /dev/pts | /dev/mqueue | /dev/null | /dev/zero | /dev/full | /dev/random | /dev/urandom | /dev/tty";
const PRIVATE = ["/tmp", "/var/tmp", "/run/lock"];

/** Where block devices are read, and LVM asks the kernel for its tables: only for commands that are known to read them. */
const KEPT_FOR_DEVICES = [...KEPT, "sys_admin", "sys_rawio"];

/** `devices`: with the disks and what reads them. */
export type Enclosure = "plain" | "devices";

/**
 * POSIX sh, in a mount namespace of its own: every file system is made read-only there, `/tmp` and locks are private, devices that hold
 * data cannot be opened; then the kernel's own table is read, and only when it says so does the script begin.
 */
const CLOSE = String.raw`
fail() { printf '${REFUSAL}%s\n' "$1" >&2; exit 253; }
table() { sed 's/ - autofs .*//; t skip; s/^[^ ]* [^ ]* [^ ]* [^ ]* \([^ ]*\) \([^ ]*\) .*/\1 \2/; p; :skip' -n /proc/self/mountinfo; }
plain() { printf '%b' "$(printf '%s' "$1" | sed 's/\\\([0-7][0-7][0-7]\)/\\0\1/g')"; }
for name in null zero full random urandom tty; do
  [ ! -c "/dev/$name" ] || mount --bind "/dev/$name" "/dev/$name" 2>/dev/null || fail "/dev/$name ne peut pas être gardé"
done
table | while read -r coded options; do
  point=$(plain "$coded")
  [ -e "$point" ] || continue
  more=nosuid
  case $point in ${OPEN}) continue ;; /dev) [ "$devices" = yes ] || more=nosuid,nodev ;; esac
  options=$(printf ',%s,' "$options" | sed 's/,rw,/,/; s/,ro,/,/; s/^,//; s/,$//')
  mount -o "remount,bind,ro,$more,$options" "$point" 2>/dev/null || fail "$point ne passe pas en lecture seule"
done || exit 253
for place in ${PRIVATE.join(" ")}; do
  [ ! -d "$place" ] || [ -L "$place" ] || mount -t tmpfs -o mode=1777,nosuid,nodev,size=64m constat "$place" 2>/dev/null || fail "$place ne devient pas privé"
done
# Of several mounts on one point the last one is reached.
table | sed '1!G; h; $!d' | awk '!seen[$1]++' | while read -r coded options; do
  point=$(plain "$coded")
  case $point in ${PRIVATE.join(" | ")} | ${OPEN}) continue ;; esac
  [ -e "$point" ] || continue
  case ,$options, in *,ro,*) ;; *) fail "$point reste ouvert en écriture" ;; esac
done || exit 253`;

const asRoot = (kept: readonly string[]): string => `${CLOSE}
exec setpriv --bounding-set=-all,+${kept.join(",+")} --inh-caps=-all --no-new-privs -- "$@"`;
const AS_USER = `${CLOSE}
exec setpriv --ambient-caps=-all --inh-caps=-all --no-new-privs -- "$@"`;

/** Anyone but root needs a user namespace for it, whose rights end with it. */
const ENTER = String.raw`root=$1 user=$2; shift 2
for tool in unshare setpriv mount awk sed; do
  command -v "$tool" >/dev/null || { printf '${REFUSAL}%s manque\n' "$tool" >&2; exit 253; }
done
if [ "$(id -u)" = 0 ]; then exec unshare --mount --propagation private sh -c "$root" sh "$@"; fi
exec unshare --user --map-current-user --keep-caps --mount --propagation private sh -c "$user" sh "$@"`;

/** The argument list that runs another one where it can write no file; it starts nothing when that cannot be had. */
export function enclosed(argv: readonly string[], enclosure: Enclosure): readonly string[] {
  const devices = `devices=${enclosure === "devices" ? "yes" : "no"}`;
  const root = asRoot(enclosure === "devices" ? KEPT_FOR_DEVICES : KEPT);
  return ["sh", "-c", ENTER, "sh", `${devices}${root}`, `${devices}${AS_USER}`, ...argv];
}

/** The same host, with every script in an enclosure. A script that cannot have one is not started: ProblemError ENCLOSURE_UNAVAILABLE. */
export function enclosedHost(host: ScriptHost, enclosure: Enclosure): ScriptHost {
  return {
    label: host.label,
    start: (argv, terminal, sink, signal) => host.start(enclosed(argv, enclosure), terminal, sink, signal),
    refusal: (lastLine) => host.refusal?.(lastLine) ?? unavailable(host.label, lastLine),
  };
}

function unavailable(label: string, lastLine: string): ProblemError {
  const said = lastLine.replace(REFUSAL, "").trim();
  const why = said === "" ? "sans dire pourquoi" : `« ${said} »`;
  return new ProblemError("ENCLOSURE_UNAVAILABLE", `Aucun enclos en lecture seule sur ${label} : ${why}.`, {
    scope: "environment",
    hint: "Connectez-vous en root (ou par sudo) à une machine Linux qui a util-linux (unshare, setpriv).",
  });
}
