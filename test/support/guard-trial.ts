import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRun } from "../../engine/evidence/index.ts";
import { isLoopbackAddress } from "../../engine/transports/guard.ts";
import { MAIN } from "./run-cli.ts";

// Runs in a network of its own, in which every address is this machine: whatever is sent out is caught here. Started by closed-network.ts
// with `none` or `loopback`, it prints what became of each step, and what was caught; with `open` it sets no traps, as in a network with
// other machines in it.

/** What came of a trial, on one line of standard output. */
export interface Trial {
  readonly code: number | null;
  readonly output: string;
  /** Status of each step, and its error code or reason. */
  readonly steps: Readonly<Record<string, string>>;
  /** `tcp 10.202.4.31:22`, `dns pve1.example`: everything that would have left the machine. */
  readonly caught: readonly string[];
  /** Addresses that the engine's own process tried to connect to. */
  readonly attempted: readonly string[];
}

const LOGGER = join(import.meta.dirname, "log-sockets.ts");
const PORTS = [22, 80, 443, 8006];
const FAR = "10.202.4.31";

/** A page that asks for everything from elsewhere in every way it knows. */
const page = (socket: string) => `<!doctype html><title>piège</title><h1>prêt</h1>
<link rel="dns-prefetch" href="//ailleurs.example"><link rel="preconnect" href="http://10.202.4.41">
<link rel="stylesheet" href="http://10.202.4.42/a.css"><img src="http://10.202.4.43/a.png"><img src="http://[fd00::43]/a.png">
<img src="http://piege.example/a.png"><img src="/ailleurs"><iframe src="http://10.202.4.44/"></iframe>
<script>
  new WebSocket("${socket}");
  new WebSocket("ws://10.202.4.45/");
  fetch("http://10.202.4.46/").catch(() => {});
  navigator.sendBeacon("http://10.202.4.47/", "x");
  new EventSource("http://10.202.4.48/");
  const peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:10.202.4.49:443" }] });
  peer.createDataChannel("x"); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
</script>`;

if (process.argv[1] === import.meta.filename) {
  await main(process.argv[2] === "none" ? "none" : "loopback", process.argv[3] !== "open");
}

async function main(guard: "none" | "loopback", trapped: boolean): Promise<void> {
  const caught = new Set<string>();
  const release = trapped ? await setTraps(caught) : () => {};
  const site = createHttpServer((request, response) => {
    if (request.url === "/ailleurs") response.writeHead(302, { location: `http://${FAR}/` }).end();
    else response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page("ws://10.202.4.40:8006/"));
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const address = site.address();
  const folder = mkdtempSync(join(tmpdir(), "constat-guard-"));
  try {
    writeProject(folder, guard, typeof address === "object" && address !== null ? address.port : 0);
    const run = (file: string, name: string) =>
      constat(folder, "run", file, "-i", "inventaire.yaml", "--run", name, "--no-report", "--yes");
    const asked = await run("08.md", "machines");
    const ran = await run("09.md", "essai");
    const looked = await constat(folder, "doctor", "-i", "inventaire.yaml");
    if (ran.code === 2) throw new Error(ran.output);
    const { events } = await openRun(join(folder, "output", "essai"));
    const steps = events.flatMap((event) => {
      if (event.type !== "step-finished") return [];
      const { outcome } = event;
      return [[event.step, "code" in outcome ? `${outcome.status} ${outcome.code}` : outcome.status]];
    });
    const trial: Trial = {
      ...{ code: ran.code, output: [asked, ran, looked].map((each) => each.output).join("\n") },
      ...{ steps: Object.fromEntries(steps), caught: [...caught].sort() },
      attempted: [...new Set(readFileSync(join(folder, "sockets"), "utf8").trim().split("\n"))].sort(),
    };
    process.stdout.write(`${JSON.stringify(trial)}\n`);
  } finally {
    release();
    site.close();
    rmSync(folder, { recursive: true, force: true });
  }
  process.exit(0);
}

/** Listens on every port that is tried, for every address; gives what ends that. */
async function setTraps(caught: Set<string>): Promise<() => void> {
  const traps = await Promise.all(PORTS.map((port) => trap(port, caught)));
  const names = createSocket("udp6").on("message", (query) => caught.add(`dns ${nameIn(query)}`));
  await new Promise<void>((resolve) => names.bind(53, "::", resolve));
  const udp = createSocket("udp6").on("message", () => caught.add("udp"));
  await new Promise<void>((resolve) => udp.bind(443, "::", resolve));
  return () => {
    for (const each of [...traps, names, udp]) each.close();
  };
}

/** The name that a question to a name server is about. */
function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; (query[at] ?? 0) > 0; at += 1 + (query[at] ?? 0)) {
    labels.push(query.toString("latin1", at + 1, at + 1 + (query[at] ?? 0)));
  }
  return labels.join(".");
}

/** Takes every connection to a port, whatever the address, notes it and ends it. */
async function trap(port: number, caught: Set<string>): Promise<Server> {
  const server = createServer((socket) => {
    const to = (socket.localAddress ?? "").replace(/^::ffff:/, "");
    if (!isLoopbackAddress(to)) caught.add(`tcp ${to}:${port}`);
    socket.on("error", () => {});
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(port, "::", resolve));
  return server;
}

function constat(cwd: string, ...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: "1", CONSTAT_SOCKET_LOG: join(cwd, "sockets") };
    const child = spawn(process.execPath, ["--import", LOGGER, MAIN, ...args], { cwd, env });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on("close", (code) => resolve({ code, output }));
  });
}

function writeProject(folder: string, guard: string, port: number): void {
  const key = `SHA256:${"A".repeat(43)}`;
  const pin = Array.from({ length: 32 }, () => "AA").join(":");
  const ssh = `host-key: "${key}", password: mot`;
  writeFileSync(join(folder, "ssh_config"), "Host 10.202.4.2\n  ProxyJump none\nHost *\n  ProxyJump root@10.202.4.2\n");
  writeFileSync(
    join(folder, "inventaire.yaml"),
    `nom: piège
guard: ${guard}
secrets: { mot: { env: MOT } }
nodes:
  loin: { address: ${FAR}, ssh: { ${ssh} } }
  connecte: { address: 127.0.0.1, ssh: { ${ssh} }, connect: { ssh: "10.202.4.32:22" } }
  nom: { address: piege.example, ssh: { ${ssh} } }
  six: { address: "fd00::31", ssh: { ${ssh} } }
  rebond: { address: 127.0.0.2, ssh: { ${ssh}, jump: "root@10.202.4.1" } }
  config: { address: 127.0.0.3, ssh: { ${ssh}, config: ssh_config } }
  api: { address: 127.0.0.4, ssh: false, pve: { host: 10.202.4.33, password: mot, fingerprint: "${pin}" } }
  relais: { address: 127.0.0.6, ssh: false, pve: { connect: "10.202.4.36:8006", password: mot, fingerprint: "${pin}" } }
  bmc: { address: 127.0.0.5, ssh: false, pve: false, bmc: { host: 10.202.4.34, user: a, password: mot, fingerprint: "${pin}" } }
`,
  );
  const chapter = (number: number, texts: readonly string[]) =>
    writeFileSync(
      join(folder, `0${number}.md`),
      `---\nchapitre: ${number}\n---\n\n# ${number}. Essai\n\n${texts.join("\n\n")}\n`,
    );
  chapter(8, shellBlocks());
  chapter(9, webBlocks(port));
}

function shellBlocks(): readonly string[] {
  return ["loin", "connecte", "nom", "six", "rebond", "config"].map(
    (node) => `\`\`\`bash {#ssh-${node} .check on=${node} timeout=20s}\nhostname\n\`\`\``,
  );
}

function webBlocks(port: number): readonly string[] {
  const http = (id: string, node: string, request: string) =>
    `\`\`\`http {#http-${id} .check on=${node} timeout=20s}\n#| status: [200, 302]\nGET ${request}\n\`\`\``;
  const browser = (id: string, open: string, text: string, on: string) =>
    `\`\`\`yaml {#page-${id} .browser .check on=${on} timeout=40s}\nopen: ${open}\nexpect: [{ text: ${text} }]\n\`\`\``;
  return [
    http("api", "api", "/version"),
    http("relais", "relais", "/version"),
    http("bmc", "bmc", "bmc:/redfish/v1/"),
    http("adresse", "local", `http://${FAR}/`),
    http("nom", "local", "http://piege.example/"),
    http("inconnu", "local", "http://ailleurs.example/"),
    http("six", "local", "http://[fd00::31]/"),
    http("tls", "local", "https://10.202.4.35/"),
    http("octal", "local", "http://012.0312.04.037/"),
    http("renvoi", "local", `http://127.0.0.1:${port}/ailleurs`),
    browser("locale", `http://127.0.0.1:${port}/`, "prêt", "local"),
    browser("renvoi", `http://127.0.0.1:${port}/ailleurs`, "prêt", "local"),
    browser("loin", `http://${FAR}/`, "prêt", "local"),
    `\`\`\`yaml {#mesure .watch .check on=local timeout=30s}\nevery: 1s\nwithin: 3s\nuntil: { of: web, answers: true }\nsamples:\n  - { name: web, http: "http://${FAR}/" }\n  - { name: écho, ping: ${FAR} }\n\`\`\``,
  ];
}
