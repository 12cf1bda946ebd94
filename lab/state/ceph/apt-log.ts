import type { World } from "../world.ts";
import type { CephRelease } from "./release.ts";

/** What `pveceph install` asks apt for. */
const CEPH_PACKAGES = ["ceph", "ceph-common", "ceph-fuse", "ceph-mds", "ceph-volume", "gdisk", "nvme-cli"];

/** What comes with them; those of Ceph have its version. */
export const CEPH_DAEMONS = ["ceph-base", "ceph-mgr", "ceph-mgr-modules-core", "ceph-mon", "ceph-osd"];
const OTHERS: Readonly<Record<string, string>> = {
  "cryptsetup-bin": "2:2.7.5-2",
  gdisk: "1.0.10-2",
  "nvme-cli": "2.13-2",
  "python3-bcrypt": "4.2.0-2.1+b1",
  "python3-cherrypy3": "18.10.0-1",
  sudo: "1.9.16p2-3",
};

/** What apt prints for an installation of Ceph: the plan, the question (none when nothing is to be done), the work. Not recorded. */
export function aptInstallation(
  world: World,
  release: CephRelease,
  present: boolean,
): { readonly plan: string; readonly question: string | undefined; readonly parts: readonly string[] } {
  if (present) {
    const newest = CEPH_PACKAGES.map(
      (name) => `${name} is already the newest version (${versionOf(name, release)}).\n`,
    );
    return {
      plan: `${newest.join("")}0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n`,
      question: undefined,
      parts: [],
    };
  }
  const nine = world.dialect === "9";
  const libraries = Object.keys(OTHERS).filter((name) => !CEPH_PACKAGES.includes(name));
  const additional = [...CEPH_DAEMONS, "libsqlite3-mod-ceph", ...libraries];
  const fresh = [...additional, ...CEPH_PACKAGES]
    .filter((name) => name !== "ceph-common" && name !== "ceph-fuse")
    .sort();
  const indent = (names: readonly string[]) => `  ${names.join(" ")}\n`;
  const plan = [
    "The following additional packages will be installed:\n",
    indent([...additional].sort()),
    "The following NEW packages will be installed:\n",
    indent(fresh),
    "The following packages will be upgraded:\n",
    indent(["ceph-common", "ceph-fuse"]),
    `2 upgraded, ${fresh.length} newly installed, 0 to remove and 0 not upgraded.\n`,
    "Need to get 83.4 MB of archives.\n",
    "After this operation, 371 MB of additional disk space will be used.\n",
  ].join("");
  const source = `http://download.proxmox.com/debian/ceph-${release.name} ${nine ? "trixie" : "bookworm"}/no-subscription`;
  const all = ["ceph-common", "ceph-fuse", ...fresh];
  const got = all.map((name, index) => `Get:${index + 1} ${source} amd64 ${name} amd64 ${versionOf(name, release)}\n`);
  const unpacked = all.map((name) => `Unpacking ${name} (${versionOf(name, release)}) ...\n`);
  const configured = all.map((name) => `Setting up ${name} (${versionOf(name, release)}) ...\n`);
  const parts = [
    `${got.join("")}Fetched 83.4 MB in 3s (27.8 MB/s)\n`,
    `Preconfiguring packages ...\n${unpacked.join("")}`,
    `${configured.join("")}Processing triggers for man-db ...\n`,
  ];
  return { plan, question: nine ? "Continue? [Y/n] " : "Do you want to continue? [Y/n] ", parts };
}

/** What apt says when the packages that it can reach do not fit together. */
export function unmetDependencies(): string {
  return [
    "Some packages could not be installed. This may mean that you have",
    "requested an impossible situation or if you are using the unstable",
    "distribution that some required packages have not yet been created",
    "or been moved out of Incoming.",
    "The following information may help to resolve the situation:",
    "",
    "The following packages have unmet dependencies:",
    " ceph : Depends: ceph-mgr but it is not going to be installed",
    "        Depends: ceph-mon but it is not going to be installed",
    "        Depends: ceph-osd but it is not going to be installed",
    "E: Unable to correct problems, you have held broken packages.",
    "",
  ].join("\n");
}

function versionOf(name: string, release: CephRelease): string {
  return OTHERS[name] ?? release.package;
}
