import { characterOf } from "../console/keyboard.ts";
import type { ScreenContent } from "../console/screen.ts";
import type { NodeState } from "../state/node.ts";
import type { Program } from "../state/server.ts";

const RULE = "-".repeat(78);

/** The text console of an installed node: the banner with the address of its interface, then the login. */
export class LoginScreen implements Program {
  readonly #node: NodeState;
  readonly #lines: string[] = [];
  #typed = "";
  #user: string | undefined;

  constructor(node: NodeState) {
    this.#node = node;
  }

  screen(): ScreenContent {
    return { type: "text", lines: [...this.#banner(), ...this.#lines, this.#prompt()], cursor: true };
  }

  key(name: string): void {
    if (name === "backspace") this.#typed = this.#typed.slice(0, -1);
    else if (name === "ret") this.#enter();
    else this.#typed += characterOf(name, "us") ?? "";
  }

  #enter(): void {
    const typed = this.#typed;
    this.#lines.push(this.#prompt());
    this.#typed = "";
    if (this.#user === undefined) {
      this.#user = typed;
      return;
    }
    const right = this.#user === "root" && typed === this.#node.rootPassword;
    this.#lines.push("", right ? "LAB: this console has no shell; use ssh." : "Login incorrect", "");
    this.#user = undefined;
  }

  #prompt(): string {
    if (this.#user !== undefined) return "Password: ";
    return `${this.#node.name} login: ${this.#typed}`;
  }

  #banner(): readonly string[] {
    const bridge = this.#node.interfaces.find(({ type }) => type === "bridge");
    return [
      "",
      RULE,
      "",
      "Welcome to the Proxmox Virtual Environment. Please use your web browser to",
      "configure this server - connect to:",
      "",
      `  https://${bridge?.address ?? this.#node.address}:8006/`,
      "",
      RULE,
      "",
    ];
  }
}
