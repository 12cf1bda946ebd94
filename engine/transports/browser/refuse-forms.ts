import type { Page } from "puppeteer-core";

interface Form {
  readonly getAttribute: (name: string) => string | null;
}
interface SubmitEvent {
  readonly target: Form;
  preventDefault(): void;
  stopImmediatePropagation(): void;
}
interface FormWindow {
  __constatForms?: string[];
  readonly HTMLFormElement: { readonly prototype: { submit: () => void } };
  addEventListener(type: "submit", listener: (event: SubmitEvent) => void, capture: boolean): void;
}
declare const window: FormWindow;

/** Makes a page that is to be opened unable to send a form, whoever asks: a button, the Enter key or a script. */
export async function refuseForms(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(install);
}

/** The forms that the page wanted to send since the last look, in words. */
export async function refusedForms(page: Page): Promise<readonly string[]> {
  const asked = await page.evaluate(() => window.__constatForms?.splice(0) ?? []);
  return asked.map((action) => `la page a voulu envoyer un formulaire${action === "" ? "" : ` à ${action}`} : refusé`);
}

/** Travels as its own text: must not refer to anything outside itself. */
function install(): void {
  const asked: string[] = [];
  window.__constatForms = asked;
  const note = (form: Form) => asked.push(form.getAttribute("action") ?? "");
  window.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      note(event.target);
    },
    true,
  );
  window.HTMLFormElement.prototype.submit = function submit(this: Form) {
    note(this);
  } as () => void;
}
