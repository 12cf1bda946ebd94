/** A node's or cluster's own "PVE Cluster Manager CA". */
export interface Authority {
  readonly pem: string;
  readonly key: string;
}
