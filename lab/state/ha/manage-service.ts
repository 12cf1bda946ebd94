import { type HaResource, type HaService, type LrmResult, lrmOf } from "./ha-cluster.ts";
import { chooseNode, failsBack } from "./placement.ts";
import { changeState, onlineNodes, type Round } from "./round.ts";

/** What the manager decides about one service in its round. */
export function manageService(round: Round, service: HaService): void {
  const { ha } = round;
  const resource = ha.resources.find(({ sid }) => sid === service.sid);
  if (!resource) return;
  const result = lrmOf(ha, service.node).results.get(service.uid);
  const wanted = (resource.state ?? "started") === "started" || resource.state === "enabled";
  switch (service.state) {
    case "request_start":
      start(round, service);
      return;
    case "started":
      keepStarted(round, service, resource, wanted, result);
      return;
    case "request_stop":
      if (result?.exitCode === 0) {
        service.running = false;
        changeState(round, service, "stopped");
      }
      return;
    case "stopped":
      if (wanted) changeState(round, service, "request_start");
      if (wanted) start(round, service);
      return;
    case "migrate":
    case "relocate":
      if (result) arrive(round, service, wanted, result);
      return;
    case "error":
      if (resource.state === "disabled") changeState(round, service, "stopped");
      return;
    default:
      // Frozen, or in the hands of fencing and recovery.
      return;
  }
}

function start(round: Round, service: HaService): void {
  const { ha } = round;
  const best = chooseNode(ha, service, onlineNodes(ha));
  if (best !== undefined && best !== service.node && onlineNodes(ha).includes(service.node)) {
    changeState(round, service, "migrate", best);
    return;
  }
  changeState(round, service, "started");
}

function keepStarted(
  round: Round,
  service: HaService,
  resource: HaResource,
  wanted: boolean,
  result: LrmResult | undefined,
): void {
  const { ha, log } = round;
  if (!wanted) {
    changeState(round, service, "request_stop");
    return;
  }
  if (result && result.exitCode !== 0) {
    fail(round, service, resource);
    return;
  }
  if (result) {
    service.running = true;
    service.failures = 0;
  }
  if (!service.running) return;
  const status = ha.nodeStatus.get(service.node);
  const others = onlineNodes(ha);
  if (status === "maintenance") {
    const target = chooseNode(ha, service, others, false);
    if (target === undefined) return;
    service.maintenanceNode ??= service.node;
    log(`migrate service '${service.sid}' to node '${target}' (running)`);
    changeState(round, service, "migrate", target);
    return;
  }
  if (status !== "online") return;
  const home = service.maintenanceNode;
  if (home !== undefined && others.includes(home)) {
    service.maintenanceNode = undefined;
    log(`moving service '${service.sid}' back to '${home}', node came back from maintenance.`);
    changeState(round, service, "migrate", home);
    return;
  }
  const best = failsBack(ha, resource) ? chooseNode(ha, service, others) : service.node;
  if (best === undefined || best === service.node || home !== undefined) return;
  log(`migrate service '${service.sid}' to node '${best}' (running)`);
  changeState(round, service, "migrate", best);
}

/** Tries again here, then elsewhere, then gives up. */
function fail(round: Round, service: HaService, resource: HaResource): void {
  const { ha, log } = round;
  service.failures += 1;
  service.running = false;
  if (service.failures <= (resource.max_restart ?? 1)) {
    changeState(round, service, "started");
    return;
  }
  const others = onlineNodes(ha).filter((node) => node !== service.node);
  const target = chooseNode(ha, service, others, false);
  if (target === undefined || service.failures > (resource.max_restart ?? 1) + (resource.max_relocate ?? 1)) {
    log(`recovery policy for service ${service.sid} failed, entering error state.`);
    changeState(round, service, "error");
    return;
  }
  log(`relocate service '${service.sid}' to node '${target}'`);
  changeState(round, service, "relocate", target);
}

function arrive(round: Round, service: HaService, wanted: boolean, result: LrmResult): void {
  const { log } = round;
  if (result.exitCode === 0 && service.target !== undefined) {
    service.node = service.target;
    service.running = false;
  } else {
    log(`service '${service.sid}' - migration failed (exit code ${result.exitCode})`);
  }
  changeState(round, service, wanted ? "started" : "request_stop");
}
