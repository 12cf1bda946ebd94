import type { Dialect } from "../dialect.ts";
import type { CephReleaseName } from "./ceph-cluster.ts";

/** A release of Ceph that Proxmox packages. */
export interface CephRelease {
  readonly name: CephReleaseName;
  /** "19.2" */
  readonly series: string;
  /** "19.2.3" */
  readonly version: string;
  readonly commit: string;
  /** Of Proxmox's package: "19.2.3-pve2". */
  readonly package: string;
}

/** The release of that name. */
export function releaseOf(name: CephReleaseName): CephRelease {
  return { name, ...RELEASES[name] };
}

/** What a node of a dialect can install; the first is the default of `pveceph install`. */
export function releasesOf(dialect: Dialect): readonly CephReleaseName[] {
  return dialect === "9" ? ["tentacle", "squid"] : ["quincy", "reef", "squid"];
}

/** "ceph version 19.2.3 (…) squid (stable)", as daemons and `ceph -v` say it. */
export function versionText(release: CephRelease): string {
  return `ceph version ${release.version} (${release.commit}) ${release.name} (stable)`;
}

// 18.2.7 is the recorded one; the others come from Proxmox's announcements.
const RELEASES: Readonly<Record<CephReleaseName, Omit<CephRelease, "name">>> = {
  quincy: {
    series: "17.2",
    version: "17.2.8",
    commit: "f817ceb7f187defb1d021d6328fa833eb8e943b3",
    package: "17.2.8-pve2",
  },
  reef: {
    series: "18.2",
    version: "18.2.7",
    commit: "6b0e988052ec84cf2d4a54ff9bbbc5e720b621ad",
    package: "18.2.7-pve1",
  },
  squid: {
    series: "19.2",
    version: "19.2.3",
    commit: "2f03f1cd83e5d40cdf1393cb64a662a8e8bb07c6",
    package: "19.2.3-pve2",
  },
  tentacle: {
    series: "20.2",
    version: "20.2.0",
    commit: "69f84cc2651aa259a15bc192ddaabd3baba07489",
    package: "20.2.0-pve1",
  },
};
