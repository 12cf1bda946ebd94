import type { NodeState } from "../node.ts";
import { PveError } from "../pve-error.ts";
import { restartProxy } from "../restart-proxy.ts";
import type { Print } from "../tasks.ts";
import type { World } from "../world.ts";
import { aptInstallation, unmetDependencies } from "./apt-log.ts";
import type { CephReleaseName, CephRepository } from "./ceph-cluster.ts";
import { releaseOf } from "./release.ts";

/** What `pveceph install` is told. */
export interface InstallRequest {
  readonly release: CephReleaseName;
  readonly repository: CephRepository;
  /** Answers apt's question; without an answer (end of input) it aborts. */
  confirm(question: string): Promise<boolean>;
}

/** Installs Ceph's packages: prints what the command and apt print, takes about 25 s of lab time. Throws when apt fails. */
export async function installCeph(
  world: World,
  node: NodeState,
  request: InstallRequest,
  print: Print,
  signal: AbortSignal,
): Promise<void> {
  const { release: name, repository } = request;
  const release = releaseOf(name);
  print(hintOf(repository), "err");
  if (repository !== "manual") writeSource(world, node, name, repository);
  print("update available package list\n");
  await world.clock.sleep(3000, signal);
  if (world.faults.diskFull.has(node.name)) {
    print("E: Write error - write (28: No space left on device)\n", "err");
  }
  if (repository === "enterprise") print(unauthorised(world, name), "err");
  print("start installation\nReading package lists...\nBuilding dependency tree...\nReading state information...\n");
  await world.clock.sleep(1000, signal);
  if (repository === "enterprise") {
    print(unmetDependencies(), "err");
    throw new PveError("apt failed during ceph installation (25600)");
  }
  if (world.faults.diskFull.has(node.name)) {
    print("E: You don't have enough free space in /var/cache/apt/archives/.\n", "err");
    throw new PveError("apt failed during ceph installation (25600)");
  }
  const log = aptInstallation(world, release, node.ceph.release === name);
  print(log.plan);
  if (log.question !== undefined) {
    if (!(await request.confirm(log.question))) {
      print("Abort.\n");
      throw new PveError("apt failed during ceph installation (256)");
    }
  }
  for (const part of log.parts) {
    await world.clock.sleep(3000, signal);
    print(part);
  }
  node.ceph.release = name;
  node.ceph.repository = repository;
  print(`\ninstalled Ceph ${release.series} ${capital(name)} successfully!\n`);
  print("\nreloading API to load new Ceph RADOS library...\n");
  await restartProxy(world, node, signal);
}

/** The package source that the command writes, by path. */
export function sourceOf(
  world: World,
  node: NodeState,
  release: CephReleaseName,
  repository: CephRepository,
): readonly [path: string, text: string] {
  const enterprise = repository === "enterprise";
  const host = enterprise ? "https://enterprise.proxmox.com" : "http://download.proxmox.com";
  const uri = `${host}/debian/ceph-${release}`;
  const { debian } = node.versions;
  if (world.dialect === "8.4") return ["/etc/apt/sources.list.d/ceph.list", `deb ${uri} ${debian} ${repository}\n`];
  const keys = "Signed-By: /usr/share/keyrings/proxmox-archive-keyring.gpg\n";
  return [
    "/etc/apt/sources.list.d/ceph.sources",
    `Types: deb\nURIs: ${uri}\nSuites: ${debian}\nComponents: ${repository}\n${keys}`,
  ];
}

function writeSource(world: World, node: NodeState, release: CephReleaseName, repository: CephRepository): void {
  const [path, text] = sourceOf(world, node, release, repository);
  node.files.set(path, text);
}

function hintOf(repository: CephRepository): string {
  switch (repository) {
    case "enterprise":
      return "\nWARN: Enterprise repository selected, but no active subscription!\n\n";
    case "no-subscription":
      return "\nHINT: The no-subscription repository is not the best choice for production setups.\nProxmox recommends using the enterprise repository with a valid subscription.\n";
    case "test":
      return "\nWARN: The test repository should only be used for test setups or after consulting the official Proxmox support!\n\n";
    default:
      return "";
  }
}

function unauthorised(world: World, release: CephReleaseName): string {
  const suite = world.dialect === "9" ? "trixie" : "bookworm";
  const base = `https://enterprise.proxmox.com/debian/ceph-${release}`;
  return [
    `E: Failed to fetch ${base}/dists/${suite}/InRelease  401  Unauthorized [IP: 198.51.100.20 443]`,
    `E: The repository '${base} ${suite} InRelease' is not signed.`,
    "",
  ].join("\n");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
