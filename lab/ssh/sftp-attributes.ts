import type { FsStat, IFileSystem } from "just-bash";
import { STATUS_CODE } from "./ssh2.ts";

/** File attributes as the sftp protocol carries them; times in seconds. */
export interface SftpAttributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly atime: number;
  readonly mtime: number;
}

/** For names of which only the name matters. */
export const NO_ATTRIBUTES: SftpAttributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

/** The attributes of a file, directory or link; everything belongs to root. */
export function attributesOf(stat: FsStat): SftpAttributes {
  const kind = stat.isDirectory ? 0o040000 : stat.isSymbolicLink ? 0o120000 : 0o100000;
  const mtime = Math.floor(stat.mtime.getTime() / 1000);
  return { mode: kind | (stat.mode & 0o7777), uid: 0, gid: 0, size: stat.size, atime: mtime, mtime };
}

/** One line of a directory's listing, as `ls -l` shows it. */
export async function describeEntry(fs: IFileSystem, directory: string, name: string) {
  const stat = await fs.lstat(fs.resolvePath(directory, name));
  const attrs = attributesOf(stat);
  const kind = stat.isDirectory ? "d" : stat.isSymbolicLink ? "l" : "-";
  const date = stat.mtime.toUTCString().replace(/^\w+, (\d+) (\w+) \d+ (\d+:\d+).*$/, "$2 $1 $3");
  const longname = `${kind}${permissions(stat.mode)} 1 root root ${String(stat.size).padStart(8)} ${date} ${name}`;
  return { filename: name, longname, attrs };
}

/** The status and text for whatever the file system threw. */
export function statusOf(error: unknown): { readonly code: number; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith("ENOENT")) return { code: STATUS_CODE.NO_SUCH_FILE, message: "No such file" };
  if (/^E(?:ACCES|PERM)/.test(message)) return { code: STATUS_CODE.PERMISSION_DENIED, message: "Permission denied" };
  return { code: STATUS_CODE.FAILURE, message: message.replace(/^E[A-Z]+: /, "") };
}

function permissions(mode: number): string {
  return [...(mode & 0o777).toString(2).padStart(9, "0")]
    .map((bit, index) => (bit === "1" ? "rwx"[index % 3] : "-"))
    .join("");
}
