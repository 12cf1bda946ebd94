import { after } from "../../state/schedule.ts";
import type { PhysicalServer } from "../../state/server.ts";
import type { World } from "../../state/world.ts";
import { collection, head, message, type RedfishAnswer, type Resource } from "./answer.ts";

const PATH = "/redfish/v1/TaskService";
/** Lab milliseconds that a controller needs to change its arrays. */
const WORK_MS = 6000;

interface RedfishTask {
  readonly id: string;
  readonly name: string;
  done: boolean;
}

const tasksOf = new WeakMap<PhysicalServer, RedfishTask[]>();

/** Starts a task; the answer is the 202 that says where to follow it. */
export function startRedfishTask(world: World, server: PhysicalServer, name: string, work: () => void): RedfishAnswer {
  const tasks = tasksOf.get(server) ?? [];
  tasksOf.set(server, tasks);
  const task: RedfishTask = { id: String(tasks.length + 1), name, done: false };
  tasks.push(task);
  after(world, WORK_MS, () => {
    work();
    task.done = true;
  });
  const location = `${PATH}/TaskMonitors/${task.id}`;
  return { status: 202, headers: { Location: location }, body: bodyOf(task) };
}

/** Tasks and their monitors: a monitor answers 202 until the work is done. */
export const taskResources: readonly Resource[] = [
  {
    path: PATH,
    get: () => ({
      ...head(PATH, "TaskService", "1_1_1", "TaskService", "Task Service"),
      ServiceEnabled: true,
      Tasks: { "@odata.id": `${PATH}/Tasks/` },
    }),
  },
  {
    path: `${PATH}/Tasks`,
    get: ({ server }) =>
      collection(
        `${PATH}/Tasks`,
        "TaskCollection",
        "Tasks",
        (tasksOf.get(server) ?? []).map(({ id }) => id),
      ),
  },
  {
    path: `${PATH}/Tasks/{id}`,
    get: ({ server, parts }) => {
      const task = tasksOf.get(server)?.find(({ id }) => id === parts["id"]);
      return task && bodyOf(task);
    },
  },
];

/** What a monitor answers: its status tells, so it is no plain resource. */
export function answerMonitor(server: PhysicalServer, id: string): RedfishAnswer {
  const task = tasksOf.get(server)?.find((each) => each.id === id);
  if (task === undefined) return message(server, 404, "ResourceMissingAtURI");
  return { status: task.done ? 200 : 202, headers: task.done ? {} : { "Retry-After": "1" }, body: bodyOf(task) };
}

function bodyOf({ id, name, done }: RedfishTask) {
  return {
    ...head(`${PATH}/Tasks/${id}`, "Task", "1_5_1", id, name),
    TaskState: done ? "Completed" : "Running",
    TaskStatus: "OK",
    PercentComplete: done ? 100 : 40,
    Messages: done ? [{ MessageId: "TaskEvent.1.0.TaskCompletedOK", MessageArgs: [id] }] : [],
  };
}
