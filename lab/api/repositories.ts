/** The package sources of a fresh installation with the no-subscription repository, in the shape of the API. */
interface RepositoryFile {
  readonly path: string;
  readonly "file-type": "sources" | "list";
  readonly digest: readonly number[];
  readonly repositories: readonly Repository[];
}

interface Repository {
  readonly Types: readonly string[];
  readonly URIs: readonly string[];
  readonly Suites: readonly string[];
  readonly Components: readonly string[];
  readonly Enabled: 0 | 1;
  readonly FileType: "sources" | "list";
}

/** Debian's own sources. */
export function debianRepositories(suite: string): RepositoryFile {
  const fileType = fileTypeOf(suite);
  const components = ["main", "contrib", "non-free-firmware"];
  return {
    path: fileType === "sources" ? "/etc/apt/sources.list.d/debian.sources" : "/etc/apt/sources.list",
    "file-type": fileType,
    digest: [],
    repositories: [
      repository(fileType, "http://ftp.debian.org/debian/", [suite, `${suite}-updates`], components),
      repository(fileType, "http://security.debian.org/debian-security/", [`${suite}-security`], components),
    ],
  };
}

/** Proxmox's sources. */
export function proxmoxRepositories(suite: string): RepositoryFile {
  const fileType = fileTypeOf(suite);
  return {
    path: `/etc/apt/sources.list.d/proxmox.${fileType}`,
    "file-type": fileType,
    digest: [],
    repositories: [repository(fileType, "http://download.proxmox.com/debian/pve", [suite], ["pve-no-subscription"])],
  };
}

/** Which of the known Proxmox sources are there: 1 enabled, null not configured. */
export function standardRepositories(suite: string) {
  const name = (kind: string) =>
    ({ enterprise: "Enterprise", "no-subscription": "No-Subscription", test: "Test" })[kind];
  const ceph = suite === "trixie" ? "squid" : "quincy";
  return [
    { handle: "enterprise", name: "Enterprise", status: null },
    { handle: "no-subscription", name: "No-Subscription", status: 1 },
    { handle: "test", name: "Test", status: null },
    ...["enterprise", "no-subscription", "test"].map((kind) => ({
      handle: `ceph-${ceph}-${kind}`,
      name: `Ceph ${ceph[0]?.toUpperCase()}${ceph.slice(1)} ${name(kind)}`,
      status: null,
    })),
  ];
}

function fileTypeOf(suite: string): "sources" | "list" {
  return suite === "trixie" ? "sources" : "list";
}

function repository(
  fileType: "sources" | "list",
  uri: string,
  suites: readonly string[],
  components: readonly string[],
): Repository {
  return { Types: ["deb"], URIs: [uri], Suites: suites, Components: components, Enabled: 1, FileType: fileType };
}
