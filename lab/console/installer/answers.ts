/** What a person has entered in the installer so far. */
export interface InstallerAnswers {
  /** Index in the list of disks. */
  disk: number;
  country: string;
  password: string;
  confirm: string;
  email: string;
  fqdn: string;
  address: string;
  prefix: string;
  gateway: string;
  dns: string;
  reboot: boolean;
}

/** What the fields hold at the start, where no network gave anything better. */
export function initialAnswers(): InstallerAnswers {
  return {
    ...{ disk: 0, country: "", password: "", confirm: "", email: "mail@example.invalid" },
    ...{ fqdn: "pve.example.invalid", address: "192.168.100.2", prefix: "24" },
    ...{ gateway: "192.168.100.1", dns: "192.168.100.1", reboot: true },
  };
}

/** What the password page refuses, in the installer's words; undefined when it is right. `shortest` is 8 since version 8.4. */
export function passwordMistake(answers: InstallerAnswers): string | undefined {
  if (answers.password.length < 8) return "Password too short, must be at least 8 characters long";
  if (answers.password !== answers.confirm) return "Password does not match.";
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(answers.email)) {
    return "Email does not look like a valid address (user@domain.tld)";
  }
  if (answers.email === "mail@example.invalid") return "Please enter a valid Email address";
  return undefined;
}

/** What the network page refuses. That the gateway lies in the subnet is not checked, as on the real one. */
export function networkMistake({ fqdn, address, prefix, gateway, dns }: InstallerAnswers): string | undefined {
  const [host = "", ...domain] = fqdn.split(".");
  const name = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
  if (domain.length === 0 || ![host, ...domain].every((part) => name.test(part)) || /^\d+$/.test(host)) {
    return "Hostname does not look like a fully qualified domain name";
  }
  if (fqdn.endsWith(".example.invalid")) return "Hostname does not look like a fully qualified domain name";
  if (!isIpv4(address)) return "IP address is not valid.";
  if (!/^\d+$/.test(prefix) || Number(prefix) < 1 || Number(prefix) > 32) return "Netmask is not valid.";
  if (!isIpv4(gateway)) return "Gateway is not valid.";
  if (!isIpv4(dns)) return "DNS IP is not valid.";
  return undefined;
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}
