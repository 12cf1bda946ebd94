import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A `sudo` that asks and refuses as sudo 1.9.13 was seen to do (prompt of -p on stderr, password from stdin with -S, three tries, `-n`),
 * for machines that have none. Gives the folder to put first in PATH. `prompt` replaces the one of -p, as a foreign PAM does.
 */
export function fakeSudo(folder: string, password: string | undefined, prompt?: string): string {
  const bin = join(folder, `bin-${Math.random().toString(36).slice(2)}`);
  mkdirSync(bin);
  const check =
    password === undefined
      ? ":"
      : `
if [ -n "$never" ]; then echo "sudo: a password is required" >&2; exit 1; fi
tries=0
while :; do
  if [ -t 0 ]; then old=$(stty -g); stty -echo; fi
  printf %s "${prompt ?? "$prompt"}" >&2
  IFS= read -r typed || { echo >&2; echo "sudo: no password was provided" >&2; exit 1; }
  if [ -t 0 ]; then stty "$old"; echo >&2; fi
  [ "$typed" = '${password}' ] && break
  tries=$((tries + 1))
  if [ $tries = 3 ]; then echo "sudo: 3 incorrect password attempts" >&2; exit 1; fi
  echo "Sorry, try again." >&2
done`;
  const program = `#!/bin/bash
while [ "$1" != -- ]; do
  case "$1" in
    -n) never=1 ;;
    -S) ;;
    -p) prompt=$2; shift ;;
    *) echo "usage: sudo" >&2; exit 1 ;;
  esac
  shift
done
shift
${check}
export SUDO_USER=essai
"$@"
code=$?
[ $code -gt 128 ] && kill -$((code - 128)) $$
exit $code
`;
  writeFileSync(join(bin, "sudo"), program);
  chmodSync(join(bin, "sudo"), 0o755);
  return bin;
}
