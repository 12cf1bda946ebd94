import type { CpOptions, FileContent, FsStat, IFileSystem, InMemoryFs, MkdirOptions, RmOptions } from "just-bash";
import type { NodeState } from "../state/node.ts";
import { writeState } from "../state/quorum.ts";
import type { World } from "../state/world.ts";
import { toBytes } from "./output-device.ts";
import { pveTree } from "./pve-tree.ts";

/**
 * /etc/pve on one node: what is read is the present state, never a copy. Files of one's own can be written while the node has quorum;
 * what the state renders (corosync.conf, certificates, storage.cfg) is changed by its own commands only.
 */
export class PveFs implements IFileSystem {
  readonly #world: World;
  readonly #node: NodeState;

  constructor(world: World, node: NodeState) {
    this.#world = world;
    this.#node = node;
  }

  readFile: IFileSystem["readFile"] = (path, options) => this.#tree().readFile(path, options);
  readFileBytes = (path: string) => this.#tree().readFileBytes(path);
  readFileBuffer = (path: string): Promise<Uint8Array> => this.#tree().readFileBuffer(path);
  exists = (path: string): Promise<boolean> => this.#tree().exists(path);
  stat = (path: string): Promise<FsStat> => this.#tree().stat(path);
  lstat = (path: string): Promise<FsStat> => this.#tree().lstat(path);
  readdir = (path: string): Promise<string[]> => this.#tree().readdir(path);
  readdirWithFileTypes = (path: string) => this.#tree().readdirWithFileTypes(path);
  readlink = (path: string): Promise<string> => this.#tree().readlink(path);
  realpath = (path: string): Promise<string> => this.#tree().realpath(path);
  resolvePath = (base: string, path: string): string => this.#tree().resolvePath(base, path);
  getAllPaths = (): string[] => this.#tree().getAllPaths();

  async writeFile(
    path: string,
    content: FileContent,
    options?: Parameters<IFileSystem["writeFile"]>[2],
  ): Promise<void> {
    await this.#assertWritable(path);
    this.#files().set(path.slice(1), toBytes(content, options).toString("utf8"));
  }

  async appendFile(
    path: string,
    content: FileContent,
    options?: Parameters<IFileSystem["appendFile"]>[2],
  ): Promise<void> {
    await this.#assertWritable(path);
    const before = this.#files().get(path.slice(1)) ?? "";
    this.#files().set(path.slice(1), before + toBytes(content, options).toString("utf8"));
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    if (options?.force && !(await this.exists(path))) return;
    await this.#assertWritable(path);
    if (this.#files().delete(path.slice(1))) return;
    throw systemError("ENOENT", "no such file or directory", path);
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    if (options?.recursive && (await this.exists(path))) return;
    throw systemError("EACCES", "permission denied", path);
  }

  async cp(source: string, target: string, _options?: CpOptions): Promise<void> {
    await this.writeFile(target, await this.readFileBuffer(source));
  }

  async mv(source: string, target: string): Promise<void> {
    await this.cp(source, target);
    await this.rm(source);
  }

  /** pmxcfs fixes modes, owners and times itself, and has no links. */
  chmod = (path: string): Promise<void> => this.#assertWritable(path);
  utimes = (path: string): Promise<void> => this.#assertWritable(path);
  symlink = (_target: string, path: string): Promise<void> => this.#refuse(path);
  link = (_existing: string, path: string): Promise<void> => this.#refuse(path);

  #tree(): InMemoryFs {
    return pveTree(this.#world, this.#node);
  }

  #files(): Map<string, string> {
    return this.#node.database.files;
  }

  async #assertWritable(path: string): Promise<void> {
    if (writeState(this.#node) === "busy") throw systemError("EBUSY", "resource busy or locked", path);
    if (this.#world.faults.diskFull.has(this.#node.name)) throw systemError("EIO", "i/o error", path);
    const rendered = (await this.exists(path)) && !this.#files().has(path.slice(1));
    if (writeState(this.#node) === "denied" || rendered) throw systemError("EACCES", "permission denied", path);
  }

  #refuse(path: string): Promise<void> {
    return Promise.reject(systemError("EPERM", "operation not permitted", path));
  }
}

/** An error with the code and wording of the system call that failed. */
export function systemError(code: string, text: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${text}, open '${path}'`), { code });
}
