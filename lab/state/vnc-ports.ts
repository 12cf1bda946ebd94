/** A port that `vncproxy` opened: for whom, and the password that RFB asks for. */
export interface VncPort {
  readonly port: number;
  readonly node: string;
  readonly vmid: number;
  readonly user: string;
  readonly ticket: string;
  readonly password: string;
  /** Called when somebody connects; the port is closed for others from then on. */
  readonly taken: () => void;
  /** Called when that connection has ended. */
  readonly released: () => void;
}

const FIRST = 5900;
const LAST = 5999;

/** The VNC ports of all nodes that wait for their one connection. */
export class VncPorts {
  readonly #waiting = new Map<string, VncPort>();

  /** The lowest port that nobody waits on; undefined when all hundred are in use. */
  next(node: string): number | undefined {
    for (let port = FIRST; port <= LAST; port += 1) if (!this.#waiting.has(key(node, port))) return port;
    return undefined;
  }

  open(port: VncPort): void {
    this.#waiting.set(key(port.node, port.port), port);
  }

  /** The port's owner, who has it alone now; undefined when nothing listens there. */
  take(node: string, port: number): VncPort | undefined {
    const found = this.#waiting.get(key(node, port));
    this.#waiting.delete(key(node, port));
    found?.taken();
    return found;
  }

  close({ node, port }: Pick<VncPort, "node" | "port">): void {
    this.#waiting.delete(key(node, port));
  }
}

function key(node: string, port: number): string {
  return `${node}:${port}`;
}
