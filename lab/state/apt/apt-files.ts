const KEYRING = "/usr/share/keyrings/proxmox-archive-keyring.gpg";
const COMPONENTS = "main contrib non-free-firmware";

/** How a node's software is supplied: as the installer leaves it (enterprise sources), or freely. */
export type AptSetup = "installed" | "no-subscription";

/** The files that apt is configured with, by path: stanzas on Debian 13, lines on Debian 12. */
export function aptFiles(debian: string, setup: AptSetup): ReadonlyMap<string, string> {
  return debian === "trixie" ? stanzas(setup) : lines(setup);
}

function stanzas(setup: AptSetup): ReadonlyMap<string, string> {
  const folder = "/etc/apt/sources.list.d/";
  const debian = [
    stanza(
      "http://ftp.debian.org/debian/",
      "trixie trixie-updates",
      COMPONENTS,
      "/usr/share/keyrings/debian-archive-keyring.gpg",
    ),
    stanza(
      "http://security.debian.org/debian-security/",
      "trixie-security",
      COMPONENTS,
      "/usr/share/keyrings/debian-archive-keyring.gpg",
    ),
  ].join("\n");
  const own: readonly (readonly [string, string])[] =
    setup === "installed"
      ? [
          [
            "pve-enterprise.sources",
            stanza("https://enterprise.proxmox.com/debian/pve", "trixie", "pve-enterprise", KEYRING),
          ],
          ["ceph.sources", stanza("https://enterprise.proxmox.com/debian/ceph-squid", "trixie", "enterprise", KEYRING)],
        ]
      : [
          [
            "proxmox.sources",
            stanza("http://download.proxmox.com/debian/pve", "trixie", "pve-no-subscription", KEYRING),
          ],
        ];
  return new Map([["debian.sources", debian] as const, ...own].map(([name, text]) => [`${folder}${name}`, text]));
}

function stanza(uri: string, suites: string, components: string, key: string): string {
  return `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: ${components}\nSigned-By: ${key}\n`;
}

function lines(setup: AptSetup): ReadonlyMap<string, string> {
  const debian = [
    `deb http://ftp.debian.org/debian bookworm ${COMPONENTS}`,
    `deb http://ftp.debian.org/debian bookworm-updates ${COMPONENTS}`,
    `deb http://security.debian.org/debian-security bookworm-security ${COMPONENTS}`,
    "",
  ].join("\n");
  const folder = "/etc/apt/sources.list.d/";
  const own: readonly (readonly [string, string])[] =
    setup === "installed"
      ? [
          [`${folder}pve-enterprise.list`, "deb https://enterprise.proxmox.com/debian/pve bookworm pve-enterprise\n"],
          [`${folder}ceph.list`, "deb https://enterprise.proxmox.com/debian/ceph-quincy bookworm enterprise\n"],
        ]
      : [
          [
            `${folder}pve-no-subscription.list`,
            "deb http://download.proxmox.com/debian/pve bookworm pve-no-subscription\n",
          ],
        ];
  return new Map([["/etc/apt/sources.list", debian] as const, ...own]);
}
