import { X509Certificate } from "node:crypto";
import type { LabCommand } from "../command.ts";

/** `openssl verify -CAfile FILE FILE`, and `openssl x509` with -in FILE: -fingerprint (-sha256), -subject, -issuer, -dates, -enddate, -startdate, -serial, -noout, -checkend N. */
export const openssl: LabCommand = {
  name: "openssl",
  async run({ args, fs, cwd, stdin, world, out, err }) {
    const [command, ...options] = args;
    if (command === "version") {
      out(
        world.dialect === "9"
          ? "OpenSSL 3.5.4 30 Sep 2025 (Library: OpenSSL 3.5.4 30 Sep 2025)\n"
          : "OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n",
      );
      return 0;
    }
    const read = (file: string) => fs.readFile(fs.resolvePath(cwd, file)).catch(() => undefined);
    if (command === "verify") {
      const at = options.indexOf("-CAfile");
      const [authority = "", file = ""] = [
        options[at + 1],
        options.filter((_, index) => index !== at && index !== at + 1)[0],
      ];
      return verify(file, parsed((await read(file)) ?? ""), parsed((await read(authority)) ?? ""), out, err);
    }
    if (command !== "x509") {
      err(`constat-lab: « openssl ${command ?? ""} » n’est pas simulé par ce laboratoire\n`);
      return 1;
    }
    const file = options.includes("-in") ? options[options.indexOf("-in") + 1] : undefined;
    const pem = file === undefined ? stdin : await read(file);
    const certificate = pem === undefined ? undefined : parsed(pem);
    if (!certificate) {
      err(
        `Could not open file or uri for loading certificate from ${file ?? "<stdin>"}: No such file or directory\nUnable to load certificate\n`,
      );
      return 1;
    }
    for (const option of options) out(shown(certificate, option, options));
    if (!options.includes("-noout")) out(`${certificate.toString().trimEnd()}\n`);
    const within = options.includes("-checkend") ? Number(options[options.indexOf("-checkend") + 1]) : undefined;
    if (within === undefined) return 0;
    const ends = Date.parse(certificate.validTo) < world.clock.now() + within * 1000;
    out(`Certificate will ${ends ? "" : "not "}expire\n`);
    return ends ? 1 : 0;
  },
};

type Say = (text: string) => void;

function verify(
  file: string,
  certificate: X509Certificate | undefined,
  authority: X509Certificate | undefined,
  out: Say,
  err: Say,
): number {
  if (!certificate || !authority) {
    err(`Could not open file or uri for loading certificate file from ${file}: No such file or directory\n`);
    return 1;
  }
  if (certificate.verify(authority.publicKey)) {
    out(`${file}: OK\n`);
    return 0;
  }
  err(`error ${file}: verification failed\nerror 20 at 0 depth lookup: unable to get local issuer certificate\n`);
  return 2;
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function shown(certificate: X509Certificate, option: string, options: readonly string[]): string {
  const sha256 = options.includes("-sha256");
  switch (option) {
    case "-fingerprint":
      return sha256
        ? `sha256 Fingerprint=${certificate.fingerprint256}\n`
        : `SHA1 Fingerprint=${certificate.fingerprint}\n`;
    case "-subject":
      return `subject=${inOneLine(certificate.subject)}\n`;
    case "-issuer":
      return `issuer=${inOneLine(certificate.issuer)}\n`;
    case "-serial":
      return `serial=${certificate.serialNumber}\n`;
    case "-startdate":
      return `notBefore=${certificate.validFrom}\n`;
    case "-enddate":
      return `notAfter=${certificate.validTo}\n`;
    case "-dates":
      return `notBefore=${certificate.validFrom}\nnotAfter=${certificate.validTo}\n`;
    default:
      return "";
  }
}

function inOneLine(name: string): string {
  return name
    .split("\n")
    .map((part) => part.replace("=", " = "))
    .join(", ");
}
