import type { LayerNode } from "../inventory-schema.ts";
import type { AnsibleHost, AnsibleInventory, AnsibleVariable } from "./ansible-inventory.ts";
import { type Said, saidOf } from "./lineage.ts";
import { referTo, type Taking, tell } from "./plain-vars.ts";

type Ssh = Exclude<LayerNode["ssh"], false>;

/** How a host is reached: its address when it is another than its name, its ssh access, and whether it is a machine to reach at all. */
export interface Reached {
  readonly address: string | undefined;
  readonly ssh: Ssh | false;
  /** `ansible_connection: local`: it is the machine that runs. */
  readonly local: boolean;
}

/** Old and new names of one setting, the stronger one last. */
const NAMES = {
  address: ["ansible_ssh_host", "ansible_host"],
  port: ["ansible_ssh_port", "ansible_port"],
  user: ["ansible_ssh_user", "ansible_user"],
  identity: ["ansible_private_key_file", "ansible_ssh_private_key_file"],
  password: ["ansible_ssh_password", "ansible_ssh_pass", "ansible_password"],
  connection: ["ansible_connection"],
} as const;

/** Settings that say nothing about the machines, or nothing that we need. */
const MOOT: ReadonlySet<string> = new Set([
  ...["ansible_python_interpreter", "ansible_shell_type", "ansible_shell_executable", "ansible_group_priority"],
  ...["ansible_ssh_transfer_method", "ansible_ssh_pipelining", "ansible_scp_if_ssh", "ansible_sftp_executable"],
]);

/** Reads a host's connection settings from itself and its groups. */
export function sshOf(host: AnsibleHost, inventory: AnsibleInventory, taking: Taking): Reached {
  const said = saidOf(host, inventory);
  const found = (names: readonly string[]): Said | undefined =>
    said.findLast(({ variable }) => names.includes(variable.name) && variable.value.type !== "empty");
  const text = (key: Exclude<keyof typeof NAMES, "password">, form = /\S/): string | undefined => {
    const variable = found(NAMES[key])?.variable;
    if (variable === undefined) return undefined;
    const { value } = variable;
    if (value.type === "text" && form.test(value.text)) return value.text;
    const remedy = value.type === "text" ? "corrigez-la" : "écrivez sa valeur dans l’inventaire repris";
    tell(variable, taking, `« ${variable.name} » n’est pas une valeur que Constat comprend`, remedy);
    return undefined;
  };
  const connection = text("connection");
  const port = text("port", /^[1-9]\d{0,4}$/) ?? host.port;
  const ssh = {
    ...given("user", text("user", /^[^\s@:]+$/)),
    ...given("port", port === undefined || Number(port) > 65_535 ? undefined : Number(port)),
    ...given("password", password(found(NAMES.password), host, taking)),
    ...given("identity", text("identity")),
  };
  const other =
    connection !== undefined &&
    !/^(?:ssh|smart|paramiko(?:_ssh)?|local|(?:ansible\.netcommon\.)?libssh)$/.test(connection);
  return {
    address: text("address", /^[^\s/@]+$/),
    ssh: other ? false : ssh,
    local: connection === "local",
  };
}

/** Says once, where they stand, the settings of Ansible's own that have no counterpart here. */
export function tellOthers(variables: readonly AnsibleVariable[], taking: Taking): void {
  const taken: ReadonlySet<string> = new Set(Object.values(NAMES).flat());
  for (const variable of variables) {
    const { name } = variable;
    if (!name.startsWith("ansible_") || MOOT.has(name)) continue;
    if (/^ansible_become/.test(name)) {
      const reason = /pass/.test(name) ? `« ${name} » n’est pas copié` : `« ${name} » n’a pas d’équivalent`;
      tell(
        variable,
        taking,
        reason,
        "écrivez « sudo: true », ou le nom du secret qui est son mot de passe, dans l’accès « ssh » du nœud",
      );
    } else if (/_args$/.test(name)) {
      tell(
        variable,
        taking,
        `« ${name} » n’a pas d’équivalent`,
        "écrivez le rebond dans « ssh: { jump: … } », le reste dans ~/.ssh/config",
      );
    } else if (!taken.has(name)) {
      tell(
        variable,
        taking,
        `« ${name} » n’a pas d’équivalent`,
        "retirez-le, ou dites-le autrement dans l’inventaire repris",
      );
    } else if (
      name === "ansible_connection" &&
      variable.value.type === "text" &&
      !/ssh|smart|paramiko|local/.test(variable.value.text)
    ) {
      tell(
        variable,
        taking,
        `la liaison « ${variable.value.text} » n’est pas ssh`,
        "ces machines n’ont pas d’accès ssh dans l’inventaire repris",
      );
    }
  }
}

/** The value never leaves the file that it stands in; who said it makes the secret's name. */
function password(said: Said | undefined, host: AnsibleHost, taking: Taking): string | undefined {
  if (said === undefined) return undefined;
  const name = referTo("ssh_password", said.owner ?? host.name, taking);
  tell(
    said.variable,
    taking,
    `« ${said.variable.name} » n’est pas copié : un mot de passe ne se recopie pas`,
    `donnez-le par la variable d’environnement ${taking.secrets[name]?.env ?? ""} (secret « ${name} »)`,
  );
  return name;
}

function given<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: T });
}
