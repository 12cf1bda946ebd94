import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { onTestFinished } from "vitest";

/** A time stamping authority of openssl's behind HTTP, on loopback; its certificate comes from a root of its own. */
export interface LocalAuthority {
  readonly url: string;
  /** The root's certificate (PEM file). */
  readonly root: string;
  close(): Promise<void>;
}

/** Starts one in a folder; the test that calls ends it, or `close` does. */
export async function startAuthority(folder: string, scope: "test" | "file" = "test"): Promise<LocalAuthority> {
  await mkdir(folder, { recursive: true });
  const openssl = (...args: readonly string[]) => execa("openssl", args, { cwd: folder });
  await writeFile(join(folder, "tsa.cnf"), CONFIGURATION);
  await writeFile(join(folder, "serial"), "01\n");
  const subject = (name: string) => ["-subj", `/O=Essai/CN=${name}`, "-nodes", "-newkey", "rsa:2048"];
  await openssl(
    "req",
    "-x509",
    "-days",
    "30",
    ...subject("Racine d'essai"),
    "-keyout",
    "racine.key",
    "-out",
    "racine.pem",
  );
  await openssl("req", "-new", ...subject("Horodatage d'essai"), "-keyout", "tsa.key", "-out", "tsa.csr");
  const signing = [
    "-CA",
    "racine.pem",
    "-CAkey",
    "racine.key",
    "-CAcreateserial",
    "-extfile",
    "tsa.cnf",
    "-extensions",
    "stamps",
  ];
  await openssl("x509", "-req", "-in", "tsa.csr", "-days", "20", ...signing, "-out", "tsa.pem");
  let count = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    count += 1;
    const query = join(folder, `${count}.tsq`);
    const reply = join(folder, `${count}.tsr`);
    await writeFile(query, Buffer.concat(chunks));
    await openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", query, "-out", reply);
    response.writeHead(200, { "content-type": "application/timestamp-reply" });
    response.end(await readFile(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  if (scope === "test") onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, root: join(folder, "racine.pem"), close };
}

const CONFIGURATION = `[tsa]
default_tsa = authority
[authority]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = racine.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[stamps]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
`;
