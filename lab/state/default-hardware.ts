import { createHash } from "node:crypto";
import type { Disk, Hardware } from "./hardware.ts";
import { freshFileSystem } from "./lvm/file-system.ts";
import { installLayout } from "./lvm/install-layout.ts";

const GIB = 2 ** 30;

const SYSTEM_DISK = 480_103_981_056;
const MEMORY = 32 * GIB;

/** The machine of the lab: 8 cores, 32 GiB, a system disk and two empty ones for Ceph. Serial numbers follow from the node's name. */
export function createHardware(node: string, systemDisk = SYSTEM_DISK): Hardware {
  const layout = installLayout(systemDisk, MEMORY);
  return {
    cpu: {
      model: "Intel(R) Xeon(R) Silver 4314 CPU @ 2.40GHz",
      vendor: "GenuineIntel",
      family: "6",
      sockets: 1,
      cores: 8,
      threads: 16,
      mhz: "2400.000",
      flags: FLAGS,
    },
    memory: MEMORY,
    swap: layout.swap,
    rootfs: freshFileSystem(layout.root),
    rootDevice: layout.root,
    disks: [
      createDisk(node, "/dev/sda", systemDisk, "BIOS boot"),
      createDisk(node, "/dev/sdb", 960_197_124_096, undefined),
      createDisk(node, "/dev/sdc", 960_197_124_096, undefined),
    ],
  };
}

function createDisk(node: string, path: string, size: number, used: string | undefined): Disk {
  const serial = `S4EVNF0M${createHash("sha256").update(`${node}${path}`).digest("hex").slice(0, 6).toUpperCase()}`;
  const model = size < 500e9 ? "SAMSUNG_MZ7LH480HAHQ-00005" : "SAMSUNG_MZ7LH960HAJR-00005";
  return { path, size, model, serial, vendor: "ATA", type: "ssd", used };
}

const FLAGS =
  "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss ht syscall nx pdpe1gb rdtscp lm " +
  "constant_tsc arch_perfmon rep_good nopl xtopology cpuid tsc_known_freq pni pclmulqdq vmx ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe " +
  "popcnt tsc_deadline_timer aes xsave avx f16c rdrand hypervisor lahf_lm abm 3dnowprefetch cpuid_fault ssbd ibrs ibpb stibp ibrs_enhanced " +
  "tpr_shadow flexpriority ept vpid ept_ad fsgsbase tsc_adjust bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap avx512ifma " +
  "clflushopt clwb avx512cd sha_ni avx512bw avx512vl xsaveopt xsavec xgetbv1 xsaves wbnoinvd arat vnmi avx512vbmi umip pku ospke avx512_vbmi2 " +
  "gfni vaes vpclmulqdq avx512_vnni avx512_bitalg avx512_vpopcntdq la57 rdpid fsrm md_clear arch_capabilities";
