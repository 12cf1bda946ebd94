import { parseAllDocuments } from "yaml";
import type { Block, Runbook } from "../../engine/model/runbook.ts";
import { checkCall } from "./check-call.ts";
import { checkCommand } from "./check-command.ts";
import { scriptCommands } from "./script-commands.ts";

/** What a runbook types, calls or reads that Proxmox VE 8.4 and 9 do not both know, one line each. */
export function checkRunbook(runbook: Runbook): readonly string[] {
  return runbook.blocks.flatMap((block) => checkBlock(block).map((wrong) => `${runbook.file} #${block.id}: ${wrong}`));
}

/** How many commands and calls of a runbook were held against the tables. */
export function countOf(runbook: Runbook): { readonly commands: number; readonly calls: number } {
  const shell = runbook.blocks.filter(({ kind }) => kind === "shell");
  const calls = runbook.blocks.flatMap((block) => callsOf(block));
  return { commands: shell.flatMap(({ body }) => scriptCommands(body)).length, calls: calls.length };
}

function checkBlock(block: Block): readonly string[] {
  const commands = block.kind === "shell" ? scriptCommands(block.body).flatMap(checkCommand) : [];
  const calls = callsOf(block).flatMap(({ method, path, parameters }) =>
    checkCall(method, path, parameters, undefined),
  );
  return [...commands, ...calls];
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly string[];
}

/** The calls of Proxmox's API in a block: an http block's own, and what pictures and samples are held against. */
function callsOf(block: Block): readonly Call[] {
  if (block.kind === "http") return httpCall(block.body);
  if (block.kind === "shell" || block.kind === "manual" || block.kind === "file") return [];
  return parseAllDocuments(block.body).flatMap((document) =>
    apiKeys(document.toJS()).map((target) => callOf("GET", target, "")),
  );
}

/** Calls to a management controller go by another book. */
function httpCall(body: string): readonly Call[] {
  const [, method = "", target = ""] = /^(GET|POST|PUT|DELETE) (\S+)/m.exec(body) ?? [];
  if (!target.startsWith("/")) return [];
  return [callOf(method, target, /\n\s*\n([\s\S]*)$/.exec(body)?.[1] ?? "")];
}

function callOf(method: string, target: string, form: string): Call {
  const [path = "", query = ""] = target.replace(/^\/api2\/json/, "").split("?");
  const names = [query, form].flatMap((text) => text.split("&")).map((pair) => pair.split("=")[0]?.trim() ?? "");
  return { method, path: path.replaceAll(/\{\{[^}]*\}\}/g, "{}"), parameters: names.filter(Boolean) };
}

function apiKeys(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(apiKeys);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === "api" && typeof each === "string" ? [each] : apiKeys(each),
  );
}
