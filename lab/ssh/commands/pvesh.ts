import { type ApiAnswer, callApi } from "../../api/call.ts";
import type { Method } from "../../api/route.ts";
import { findRoute } from "../../api/router.ts";
import { behindText } from "../../state/sdn-status.ts";
import { findHost } from "../../state/world.ts";
import type { Call, LabCommand } from "../command.ts";
import { followTask } from "./follow-task.ts";
import { type PveArguments, parsePveArguments, UnknownOption } from "./pve-options.ts";
import { formatAnswer, isOutputFormat } from "./pvesh-format.ts";
import { listPath } from "./pvesh-ls.ts";

const METHODS: Readonly<Record<string, Method>> = { get: "GET", create: "POST", set: "PUT", delete: "DELETE" };
const USAGE = ["get", "ls", "set", "create", "delete", "usage"].map(
  (verb) => `       pvesh ${verb} <api_path> [OPTIONS] [FORMAT_OPTIONS]\n`,
);

/** The API from the command line, as root: get, create, set, delete, ls, usage. */
export const pvesh: LabCommand = {
  name: "pvesh",
  async run(call) {
    const [verb = "", path = "", ...rest] = call.args;
    if (!["get", "create", "set", "delete", "ls", "usage"].includes(verb) || path === "") {
      call.err(
        verb === ""
          ? "ERROR: no command specified\n"
          : path === ""
            ? "400 not enough arguments\n"
            : `ERROR: unknown command 'pvesh ${verb}'\n`,
      );
      call.err(`USAGE: pvesh <COMMAND> [ARGS] [OPTIONS]\n\n${USAGE.join("")}`);
      return 255;
    }
    const place = `/${path.split("/").filter(Boolean).join("/")}`;
    if (verb === "usage") return usage(call, place);
    const given = readOptions(call, rest);
    if (typeof given === "number") return given;
    const { "output-format": format = "text", quiet, human: _human, ...options } = given.options;
    if (!isOutputFormat(format)) {
      call.err(
        `400 Parameter verification failed.\noutput-format: value '${format}' does not have a value in the enumeration 'text, json, json-pretty, yaml'\n`,
      );
      return 255;
    }
    if (verb === "ls") return await listPath(call, place);
    const answer = await callApi(call.world, call.node.name, METHODS[verb] ?? "GET", place, options);
    if (answer.status !== 200) return refuse(call, verb, place, answer);
    if (await followTask(call, answer.data)) return 1;
    warn(call, place);
    if (quiet === undefined) call.out(formatAnswer(answer.data, format, place));
    return 0;
  },
};

/** Called in the tool's own process, the SDN's state warns on stderr too, before the data. */
function warn(call: Call, place: string): void {
  const name = /^\/nodes\/([^/]+)\/sdn\/zones(?:\/[^/]+\/content)?$/.exec(place)?.[1];
  const node = name === "localhost" ? call.node : call.world.nodes.get(name ?? "");
  const behind = node?.database.sdn.running === undefined ? undefined : behindText(node);
  if (behind !== undefined) call.err(`${behind}\n`);
}

/** Any name is an option here: the API itself knows which exist. */
function readOptions(call: Call, rest: readonly string[]): PveArguments | number {
  const kinds: Record<string, "value" | "flag"> = {
    quiet: "flag",
    noborder: "flag",
    noheader: "flag",
    "output-format": "value",
  };
  for (const word of rest) {
    const name = /^--?([a-zA-Z][\w-]*)/.exec(word)?.[1];
    if (name !== undefined && kinds[name] === undefined) kinds[name] = "value";
  }
  try {
    const given = withArrays(parsePveArguments(rest, kinds), rest);
    if (given.operands.length === 0) return given;
    call.err("400 too many arguments\n");
    return 255;
  } catch (error) {
    if (!(error instanceof UnknownOption)) throw error;
    call.err(`${error.message}\n400 unable to parse option\n`);
    return 255;
  }
}

/** An option that stands several times is an array of the API; its elements travel parted by the character 0. */
function withArrays(given: PveArguments, rest: readonly string[]): PveArguments {
  const arrays = new Map<string, string[]>();
  rest.forEach((word, index) => {
    const name = /^--([a-z][\w-]*)$/.exec(word)?.[1];
    if (name === "command") arrays.set(name, [...(arrays.get(name) ?? []), rest[index + 1] ?? ""]);
  });
  const joined = [...arrays].map(([name, values]) => [name, values.join("\0")]);
  return { ...given, options: { ...given.options, ...Object.fromEntries(joined) } };
}

function refuse(call: Call, verb: string, path: string, answer: ApiAnswer): number {
  if (answer.status === 501) {
    call.err(`No '${verb}' handler defined for '${path}'\n`);
    return 1;
  }
  if (answer.status === 595) {
    const host = findHost(call.world, path.split("/")[2] ?? "");
    call.err(`proxy handler failed: ssh: connect to host ${host?.address ?? path} port 22: No route to host\n`);
    return 255;
  }
  const message = (answer.message ?? answer.reason).replace(/\n*$/, "\n");
  if (answer.status === 400 && answer.errors) {
    const lines = Object.entries(answer.errors).map(([name, text]) => `${name}: ${text}\n`);
    call.err(`400 ${message}${lines.join("")}pvesh ${verb} <api_path>${needed(answer)} [OPTIONS] [FORMAT_OPTIONS]\n`);
    return 255;
  }
  call.err(message);
  // The numbers are accidents of Perl's errno on real nodes; this one is the recorded one.
  return message.startsWith("hostname lookup") ? 11 : 255;
}

/** What the call cannot do without, as its usage names it. */
function needed({ route }: ApiAnswer): string {
  const rules = Object.entries(route?.parameters ?? {}).filter(([, rule]) => rule.required);
  const names = rules.map(([name, rule]) => ` --${name} <${rule.type ?? "string"}>`);
  return names.sort().join("");
}

function usage(call: Call, path: string): number {
  const verbs = Object.entries(METHODS).flatMap(([verb, method]) =>
    findRoute(method, path, call.world.dialect) ? [verb] : [],
  );
  if (verbs.length === 0) {
    call.err(`no such resource '${path}'\n`);
    return 255;
  }
  for (const verb of verbs) call.out(`USAGE: pvesh ${verb} ${path}  [OPTIONS] [FORMAT_OPTIONS]\n\n`);
  return 0;
}
