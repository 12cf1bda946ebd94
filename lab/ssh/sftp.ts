import type { FsStat, IFileSystem } from "just-bash";
import { attributesOf, describeEntry, NO_ATTRIBUTES, statusOf } from "./sftp-attributes.ts";
import { OPEN_MODE, type SFTPWrapper, STATUS_CODE } from "./ssh2.ts";

interface SftpInside {
  readonly _protocol: { exitStatus(channel: number, status: number): void };
  readonly outgoing: { readonly id: number };
}

/** A file or directory that the client has open. */
interface OpenFile {
  readonly path: string;
  /** Content of an open file; written back when it is closed after a change. */
  content: Buffer;
  changed: boolean;
  /** Names of an open directory that were not listed yet. */
  names: string[] | undefined;
}

/** Serves one sftp channel over a node's file system: what `scp`, `sftp` and ssh2's client use. */
export function serveSftp(fs: IFileSystem, sftp: SFTPWrapper): void {
  const open = new Map<number, OpenFile>();
  let last = 0;
  const remember = (file: OpenFile) => {
    last += 1;
    open.set(last, file);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(last);
    return handle;
  };
  const fileOf = (handle: Buffer) => {
    const file = open.get(handle.readUInt32BE());
    if (file) return file;
    throw new Error("EBADF: bad handle");
  };
  /** Answers with a status unless the action has answered already. */
  const answer = (id: number, action: () => Promise<boolean>) => {
    action().then(
      (answered) => answered || sftp.status(id, STATUS_CODE.OK),
      (error: unknown) => {
        const { code, message } = statusOf(error);
        sftp.status(id, code, message);
      },
    );
  };

  sftp.on("OPEN", (id, path, flags) =>
    answer(id, async () => {
      const exists = await fs.exists(path);
      if (exists && (await fs.stat(path)).isDirectory) throw new Error("EISDIR: is a directory");
      if (!exists && !(flags & OPEN_MODE.CREAT)) throw new Error("ENOENT: no such file");
      const isNew = !exists || (flags & OPEN_MODE.TRUNC) !== 0;
      if (isNew) await fs.writeFile(path, "");
      const content = isNew ? Buffer.alloc(0) : Buffer.from(await fs.readFileBuffer(path));
      sftp.handle(id, remember({ path, content, changed: false, names: undefined }));
      return true;
    }),
  );
  sftp.on("READ", (id, handle, offset, length) =>
    answer(id, async () => {
      const { content } = fileOf(handle);
      if (offset >= content.length) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, content.subarray(offset, offset + length));
      return true;
    }),
  );
  sftp.on("WRITE", (id, handle, offset, data) =>
    answer(id, async () => {
      const file = fileOf(handle);
      const grown = Buffer.alloc(Math.max(file.content.length, offset + data.length));
      file.content.copy(grown);
      data.copy(grown, offset);
      Object.assign(file, { content: grown, changed: true });
      return false;
    }),
  );
  sftp.on("CLOSE", (id, handle) =>
    answer(id, async () => {
      const file = fileOf(handle);
      open.delete(handle.readUInt32BE());
      if (file.changed) await fs.writeFile(file.path, file.content);
      return false;
    }),
  );
  sftp.on("OPENDIR", (id, path) =>
    answer(id, async () => {
      const names = [".", "..", ...(await fs.readdir(path))];
      sftp.handle(id, remember({ path, content: Buffer.alloc(0), changed: false, names }));
      return true;
    }),
  );
  sftp.on("READDIR", (id, handle) =>
    answer(id, async () => {
      const directory = fileOf(handle);
      const names = directory.names?.splice(0) ?? [];
      if (names.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.name(id, await Promise.all(names.map((name) => describeEntry(fs, directory.path, name))));
      return true;
    }),
  );
  const stat = (look: (path: string) => Promise<FsStat>) => (id: number, path: string) =>
    answer(id, async () => {
      sftp.attrs(id, attributesOf(await look(path)));
      return true;
    });
  sftp.on(
    "STAT",
    stat((path) => fs.stat(path)),
  );
  sftp.on(
    "LSTAT",
    stat((path) => fs.lstat(path)),
  );
  sftp.on("FSTAT", (id, handle) =>
    answer(id, async () => {
      const file = fileOf(handle);
      sftp.attrs(id, { ...attributesOf(await fs.stat(file.path)), size: file.content.length });
      return true;
    }),
  );
  const change = async (path: string, attributes: { readonly mode?: number; readonly mtime?: number }) => {
    if (attributes.mode !== undefined) await fs.chmod(path, attributes.mode & 0o7777);
    const time = attributes.mtime === undefined ? undefined : new Date(attributes.mtime * 1000);
    if (time) await fs.utimes(path, time, time);
    return false;
  };
  sftp.on("SETSTAT", (id, path, attributes) => answer(id, () => change(path, attributes)));
  sftp.on("FSETSTAT", (id, handle, attributes) =>
    answer(id, async () => await change(fileOf(handle).path, attributes)),
  );
  sftp.on("REALPATH", (id, path) =>
    answer(id, async () => {
      const filename = fs.resolvePath("/root", path);
      sftp.name(id, [{ filename, longname: filename, attrs: NO_ATTRIBUTES }]);
      return true;
    }),
  );
  sftp.on("READLINK", (id, path) =>
    answer(id, async () => {
      const filename = await fs.readlink(path);
      sftp.name(id, [{ filename, longname: filename, attrs: NO_ATTRIBUTES }]);
      return true;
    }),
  );
  const silently = (action: () => Promise<void>) => async () => {
    await action();
    return false;
  };
  sftp.on("SYMLINK", (id, target, path) =>
    answer(
      id,
      silently(() => fs.symlink(target, path)),
    ),
  );
  sftp.on("RENAME", (id, from, target) =>
    answer(
      id,
      silently(() => fs.mv(from, target)),
    ),
  );
  sftp.on("REMOVE", (id, path) =>
    answer(
      id,
      silently(() => fs.rm(path)),
    ),
  );
  sftp.on("RMDIR", (id, path) =>
    answer(
      id,
      silently(() => fs.rm(path)),
    ),
  );
  sftp.on("MKDIR", (id, path) =>
    answer(
      id,
      silently(() => fs.mkdir(path)),
    ),
  );
  sftp.on("end", () => {
    // Without an exit status scp hangs for ever after an upload, and takes the end alone for a failure; ssh2 offers no public call for it.
    const { _protocol, outgoing } = sftp as unknown as SftpInside;
    _protocol.exitStatus(outgoing.id, 0);
    sftp.end();
  });
}
