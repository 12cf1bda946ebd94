import type { LabCommand } from "../command.ts";
import { aptGet } from "./apt-get.ts";
import { bash, sh } from "./bash.ts";
import { bridge } from "./bridge.ts";
import { ceph } from "./ceph.ts";
import { date, sleep, timeout } from "./clock.ts";
import { corosyncCfgtool } from "./corosync-cfgtool.ts";
import { corosyncCmapctl } from "./corosync-cmapctl.ts";
import { corosyncQuorumtool } from "./corosync-quorumtool.ts";
import { curl } from "./curl.ts";
import { df } from "./df.ts";
import { dpkg, dpkgQuery } from "./dpkg.ts";
import { getent } from "./getent.ts";
import { haManager } from "./ha-manager.ts";
import { free, nproc } from "./hardware.ts";
import { hostname } from "./hostname.ts";
import { hostnamectl } from "./hostnamectl.ts";
import { id, whoami } from "./id.ts";
import { ifreload } from "./ifreload.ts";
import { ip } from "./ip.ts";
import { journalctl } from "./journalctl.ts";
import { kill } from "./kill.ts";
import { ls } from "./ls.ts";
import { lsblk } from "./lsblk.ts";
import { lvextend, pvcreate, pvresize, resize2fs, vgextend, xfsGrowfs } from "./lvm-change.ts";
import { lvs, pvs, vgs } from "./lvm-lists.ts";
import { mktemp } from "./mktemp.ts";
import { openssl } from "./openssl.ts";
import { ping } from "./ping.ts";
import { poweroff, reboot, shutdown } from "./power.ts";
import { proxmoxAutoInstallAssistant } from "./proxmox-auto-install-assistant.ts";
import { pveceph } from "./pveceph.ts";
import { pvecm } from "./pvecm.ts";
import { pvesh } from "./pvesh.ts";
import { pvesm } from "./pvesm.ts";
import { pveversion } from "./pveversion.ts";
import { qm } from "./qm.ts";
import { rbd } from "./rbd.ts";
import { ss } from "./ss.ts";
import { ssh } from "./ssh.ts";
import { sshKeyscan } from "./ssh-keyscan.ts";
import { stty } from "./stty.ts";
import { systemctl } from "./systemctl.ts";
import { chronyc, timedatectl } from "./time-services.ts";
import { trap } from "./trap.ts";
import { uname } from "./uname.ts";
import { uptime } from "./uptime.ts";
import { blkid, wipefs } from "./wipefs.ts";
import { xorriso } from "./xorriso.ts";

/** Every command the lab simulates beside those of just-bash, by hand. */
export const commands: readonly LabCommand[] = [
  ...[
    aptGet,
    bash,
    bridge,
    ceph,
    chronyc,
    corosyncCfgtool,
    corosyncCmapctl,
    corosyncQuorumtool,
    date,
    df,
    dpkg,
    dpkgQuery,
    free,
    getent,
    haManager,
  ],
  ...[hostname, hostnamectl, id, ifreload, ip, journalctl, kill, ls, lsblk, mktemp, nproc, openssl],
  ...[
    ping,
    poweroff,
    pveceph,
    pvecm,
    pvesh,
    pvesm,
    pveversion,
    qm,
    rbd,
    reboot,
    sh,
    shutdown,
    sleep,
    ss,
    ssh,
    sshKeyscan,
    stty,
    systemctl,
  ],
  ...[
    aptGet,
    curl,
    lvextend,
    lvs,
    proxmoxAutoInstallAssistant,
    pvcreate,
    pvresize,
    pvs,
    resize2fs,
    vgextend,
    vgs,
    xfsGrowfs,
    xorriso,
  ],
  ...[timedatectl, timeout, trap, uname, uptime, whoami, blkid, wipefs],
];
