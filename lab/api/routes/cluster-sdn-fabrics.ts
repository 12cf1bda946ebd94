import { type ApiCall, indexRoute, type Route } from "../route.ts";
import { SHOWN, sdnSections } from "./sdn-sections.ts";

/** `/cluster/sdn/fabrics` of version 9, to read. Never recorded with a fabric in it: the shape is that of the public sources. */
export function sdnFabricsRoutes(): readonly Route[] {
  return [
    indexRoute("/cluster/sdn/fabrics", ["fabric", "node", "all"], "subdir"),
    { method: "GET", path: "/cluster/sdn/fabrics/all", parameters: SHOWN, handle: all },
  ];
}

/** Fabrics and their nodes are sections of one file, told apart by their type: `openfabric_fabric`, `openfabric_node`. */
function all(call: ApiCall) {
  const sections = sdnSections(call, "fabrics");
  const ofType = (ending: string) =>
    sections
      .filter(({ type }) => String(type).endsWith(ending))
      .map(({ type, ...section }) => ({ ...section, protocol: String(type).slice(0, -ending.length) }));
  return { fabrics: ofType("_fabric"), nodes: ofType("_node") };
}
