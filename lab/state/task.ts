/** Receives text exactly as the command prints it: newlines included, possibly in the middle of a line. A task's log takes both channels. */
export type Print = (text: string, channel?: "out" | "err") => void;

/** One worker task of a node, with its whole life. */
export interface Task {
  readonly upid: string;
  readonly node: string;
  readonly pid: number;
  readonly pstart: number;
  /** Seconds, lab time. */
  readonly starttime: number;
  readonly type: string;
  readonly id: string;
  /** "root@pam" */
  readonly user: string;
  /** Undefined while it runs. */
  endtime: number | undefined;
  /** "OK" or the error's text; undefined while it runs. */
  exitstatus: string | undefined;
  /** Everything printed so far, without the closing TASK line. */
  output: string;
  /** Settles when the task is over; never rejects. */
  readonly done: Promise<void>;
  /** Ends it as `DELETE tasks/UPID` does. */
  stop(): void;
}

/** Who starts what. */
export interface TaskRequest {
  readonly type: string;
  readonly id?: string;
  readonly user?: string;
}

/** The task's log as lines, closed by TASK OK or TASK ERROR when it is over. */
export function taskLog(task: Task): readonly string[] {
  const lines = task.output === "" ? [] : task.output.replace(/\n$/, "").split("\n");
  if (task.exitstatus === undefined) return lines;
  return [...lines, task.exitstatus === "OK" ? "TASK OK" : `TASK ERROR: ${task.exitstatus}`];
}
