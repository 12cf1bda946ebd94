import { pveDifference } from "../../model/pve-differences.ts";
import type { Asked } from "./asked.ts";

/** Why a node's API answers with such a status, and what to do, in French; empty where the answer's own words say it all. */
export function statusCause(status: number, said: string, asked: Asked): string {
  const { node } = asked;
  const other = nodeIn(asked.url);
  const named = other === undefined || other === "localhost" ? "un autre nœud" : other;
  switch (status) {
    case 595:
      return `${node.name} ne joint pas ${named} : vérifiez que ${named} est démarré et que pveproxy y répond (port 8006)`;
    case 596:
    case 597:
    case 599:
      return `${node.name} a joint ${named} sans en avoir de réponse : échange coupé, trop lent, ou certificat refusé (juste après une jonction : pvecm updatecerts)`;
    case 401:
      return node.pve?.token === undefined
        ? `${node.name} refuse la session, même rouverte : comparez les horloges des nœuds`
        : `${node.name} refuse le jeton ${node.pve.token.id} : inconnu, échu ou secret faux (une jonction remplace les jetons du nœud par ceux du cluster)`;
    case 403:
      return forbidden(said, asked);
    case 501:
      return (
        pveDifference(asked.method, asked.url) ?? "cette version de Proxmox VE n’a pas ce chemin, ou pas cette méthode"
      );
    case 400:
    case 500:
      return pveDifference(asked.method, asked.url) ?? alias(said, other, asked);
    case 502:
    case 503:
    case 504:
      return `un intermédiaire répond à la place de l’API de ${node.name} : pveproxy redémarre, ou est arrêté`;
    default:
      return alias(said, other, asked);
  }
}

function forbidden(said: string, { node }: Asked): string {
  const who = node.pve?.token?.id ?? node.pve?.user ?? "ce compte";
  if (/user != root@pam/.test(said)) {
    return `réservé à root@pam : un jeton n’en tient pas lieu ; donnez à l’accès \`pve\` de ${node.name} user: root@pam et son mot de passe`;
  }
  if (/API token|proper ticket/i.test(said)) {
    return `cette méthode refuse les jetons : donnez aussi un \`password\` à l’accès \`pve\` de ${node.name}`;
  }
  return `${who} n’a pas ce droit : pveum acl modify, ou un autre compte`;
}

/** The inventory's name of a node in a path, where Proxmox knows another one. */
function alias(said: string, other: string | undefined, { node }: Asked): string {
  if (other !== node.name || node.hostname === node.name) return "";
  if (!/lookup|hostname|no such (?:cluster )?node|does not exist/i.test(said)) return "";
  return `Proxmox connaît ce nœud sous le nom de ${node.hostname} : écrivez /nodes/{{nodes.${node.name}.hostname}}/…, ou /nodes/localhost/…`;
}

function nodeIn(url: string): string | undefined {
  const [, name] = /\/nodes\/([^/?]+)/.exec(url) ?? [];
  return name === undefined ? undefined : decodeURIComponent(name);
}
