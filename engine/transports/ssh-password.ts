import type { SshSetting } from "./ssh-setting.ts";
import type { SshStop } from "./ssh-stop.ts";
import type { KeyboardInteractiveAuthMethod } from "./ssh2-client.ts";

/** Asks for the password of a stop; it is remembered for the run, and masked. Undefined when nobody answers. */
export async function askedPassword(
  stop: SshStop,
  setting: SshSetting,
  signal: AbortSignal,
): Promise<string | undefined> {
  const typed = await asked(stop, `Mot de passe de ${who(stop)} : `, "hidden", setting, signal);
  return typed === "" ? undefined : typed;
}

/**
 * Answers a server's own questions: the first hidden one gets the password when there is one, the others are asked of a person. Without
 * anybody they get an empty answer, which the server refuses.
 */
export function answerPrompts(
  stop: SshStop,
  password: string | undefined,
  setting: SshSetting,
  signal: AbortSignal,
): KeyboardInteractiveAuthMethod["prompt"] {
  // A password is given once: the next hidden question may be that of another factor.
  let left = password;
  return (_name, instructions, _language, prompts, finish) => {
    const answer = async (): Promise<string[]> => {
      const answers: string[] = [];
      for (const { prompt, echo } of prompts) {
        if (left !== undefined && echo !== true) {
          answers.push(left);
          left = undefined;
          continue;
        }
        const question = [instructions.trim(), `${who(stop)} demande : ${prompt}`]
          .filter((text) => text !== "")
          .join("\n");
        answers.push(await asked(stop, question, echo === true ? "shown" : "hidden", setting, signal));
      }
      return answers;
    };
    // Called off, or the terminal is gone: an empty answer lets the server say no.
    answer().then(finish, () => finish(prompts.map(() => "")));
  };
}

async function asked(
  stop: SshStop,
  question: string,
  how: "shown" | "hidden",
  { person, answers, secrets }: SshSetting,
  signal: AbortSignal,
): Promise<string> {
  if (person === undefined) return "";
  const ask = async () => {
    const typed = await person.ask(question, how, signal);
    if (how === "hidden") secrets.remember(typed, `mot de passe de ${who(stop)}`);
    return typed;
  };
  // One password serves every connection through the same machine; a code that is good for once is asked each time.
  return how === "hidden" && /password|mot de passe/i.test(question)
    ? await answers.get(`mot de passe ${who(stop)}`, ask)
    : await ask();
}

function who({ user, endpoint }: SshStop): string {
  return `${user}@${endpoint.host}`;
}
