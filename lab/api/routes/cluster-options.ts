import { assertQuorum } from "../../state/quorum.ts";
import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";

const LANGUAGES = "ar ca da de en es eu fa fr hr he it ja ka kr nb nl nn pl pt_BR ru sl sv tr ukr zh_CN zh_TW".split(
  " ",
);

const TEXTS = [
  ...["bwlimit", "console", "crs", "description", "email_from", "fencing", "ha", "http_proxy", "keyboard"],
  ...["mac_prefix", "max_workers", "migration", "migration_unsecure", "next-id", "notify", "registered-tags"],
  ...["replication", "tag-style", "u2f", "user-tag-access", "webauthn", "consent-text", "delete"],
];

const OPTIONS: ParameterSchema = {
  ...Object.fromEntries(TEXTS.map((name) => [name, {}])),
  language: { values: LANGUAGES },
};

/** `/cluster/options` (datacenter.cfg). */
export const clusterOptionsRoutes: readonly Route[] = [
  { method: "GET", path: "/cluster/options", handle: readOptions },
  { method: "PUT", path: "/cluster/options", relayed: true, parameters: OPTIONS, handle: writeOptions },
];

function readOptions({ node }: ApiCall) {
  return { mac_prefix: "BC:24:11", description: "", "allowed-tags": [], ...Object.fromEntries(node.database.options) };
}

function writeOptions({ node, params }: ApiCall): null {
  assertQuorum(node);
  const { delete: removed = "", ...set } = params;
  for (const name of removed.split(/[,; ]/)) node.database.options.delete(name);
  for (const [name, value] of Object.entries(set)) node.database.options.set(name, value);
  return null;
}
