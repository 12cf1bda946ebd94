/** One physical or virtual disk of a node. */
export interface Disk {
  /** "/dev/sda" */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly model: string;
  readonly serial: string;
  readonly vendor: string;
  readonly type: "ssd" | "hdd" | "nvme";
  /** What holds it: "LVM", "partitions", "BIOS boot" …; undefined for an unused disk. */
  used: string | undefined;
}

/** What a node is made of. */
export interface Hardware {
  readonly cpu: {
    readonly model: string;
    readonly vendor: string;
    readonly family: string;
    readonly sockets: number;
    readonly cores: number;
    readonly threads: number;
    /** As /proc/cpuinfo prints it: "2596.100". */
    readonly mhz: string;
    readonly flags: string;
  };
  /** Bytes. */
  readonly memory: number;
  readonly swap: number;
  /** What `df` shows of the root file system. */
  rootfs: number;
  /** Of the volume below it, as large as the file system has been told it is. */
  rootDevice: number;
  readonly disks: Disk[];
  /** EFI unless it says otherwise. */
  readonly firmware?: "legacy" | undefined;
}

/** A network interface as /etc/network/interfaces describes it. */
export interface NetworkInterface {
  readonly name: string;
  readonly type: "bridge" | "eth" | "bond" | "vlan";
  readonly mac: string;
  /** "10.202.4.31", without prefix; undefined when it has none. */
  address: string | undefined;
  prefix: number | undefined;
  gateway: string | undefined;
  /** Names of the ports of a bridge. */
  ports: readonly string[];
  autostart: boolean;
  /** True for a bridge that knows VLANs. */
  vlanAware?: boolean | undefined;
  comments?: string | undefined;
  /** Place in the file, as the API's `priority`. */
  readonly priority: number;
}
