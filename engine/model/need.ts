/** What a target must offer for a block to run there; decides which block fills a placeholder on a given site. */
export type Need = "shell" | "pve" | "browser" | "bmc" | "console" | "vm-screen" | "operator";
