import ssh2, {
  type AuthContext,
  type Connection,
  type PseudoTtyInfo,
  type ServerChannel,
  type SFTPWrapper,
} from "ssh2";

/** The parts of ssh2 that the lab uses; a CommonJS package, so its names come through here. */
export const { Server, utils } = ssh2;
export const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
export type { AuthContext, Connection, PseudoTtyInfo, ServerChannel, SFTPWrapper };
