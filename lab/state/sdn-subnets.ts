import { isIPv4 } from "node:net";
import { isInNetwork, parseCidr } from "./cidr.ts";
import type { NodeState } from "./node.ts";
import { PveError, parameterError } from "./pve-error.ts";
import type { SdnSection, SdnState } from "./sdn.ts";
import { changeSdn, merged, type SdnRequest, sdnSection, sdnValues } from "./sdn-change.ts";

/** POST cluster/sdn/vnets/VNET/subnets: the id is the network ("10.50.0.0/24"), kept as "zone-10.50.0.0-24". */
export function createSubnet(node: NodeState, vnet: string, request: SdnRequest): void {
  changeSdn(node, "create sdn subnet object", request.token, (sdn) => {
    const zone = sdnSection(sdn, "vnets", vnet)["zone"];
    const id = `${zone}-${request.id.replace("/", "-")}`;
    if (sdn.configured.subnets.has(id)) throw new PveError(`sdn subnet object ID '${id}' already defined`);
    const { type: _, ...values } = request.values;
    sdn.configured.subnets.set(id, checked(sdn, id, { type: "subnet", vnet, ...sdnValues(values) }));
  });
}

/** PUT cluster/sdn/vnets/VNET/subnets/ID. */
export function updateSubnet(node: NodeState, request: SdnRequest): void {
  changeSdn(node, "update sdn subnet object", request.token, (sdn) => {
    const subnet = merged(sdnSection(sdn, "subnets", request.id), request);
    sdn.configured.subnets.set(request.id, checked(sdn, request.id, subnet));
  });
}

/** DELETE cluster/sdn/vnets/VNET/subnets/ID. */
export function deleteSubnet(node: NodeState, request: SdnRequest): void {
  changeSdn(node, "delete sdn subnet object", request.token, (sdn) => {
    sdnSection(sdn, "subnets", request.id);
    sdn.configured.subnets.delete(request.id);
  });
}

/** What the API adds to a subnet's keys, read out of its id. */
export function subnetPlace(
  id: string,
): Readonly<Record<"cidr" | "id" | "mask" | "network" | "subnet" | "zone", string>> {
  const [zone = "", network = "", mask = ""] = id.split("-");
  return { id, subnet: id, zone, network, mask, cidr: `${network}/${mask}` };
}

function checked(sdn: SdnState, id: string, subnet: SdnSection): SdnSection {
  const { cidr } = subnetPlace(id);
  const network = parseCidr(cidr);
  const gateway = subnet["gateway"];
  const vnet = sdn.configured.vnets.get(String(subnet["vnet"]));
  if (Number(vnet?.["vlanaware"] ?? 0) === 1) {
    throw parameterError({ vnet: "you can't add a subnet on a vlanaware vnet" });
  }
  if (gateway !== undefined && network && isIPv4(String(gateway)) && !isInNetwork(String(gateway), network)) {
    throw parameterError({ gateway: `${gateway} is not in subnet ${cidr}` });
  }
  return subnet;
}

/** The text that refuses a network. */
export function subnetRefusal(id: string): string | undefined {
  const cidr = id.includes("/") ? id : subnetPlace(id).cidr;
  return parseCidr(cidr) ? undefined : "invalid format - value does not look like a valid CIDR network\n";
}
