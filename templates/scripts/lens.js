import { byId, make, say } from "./page.js";

let pictures = [];
let shown = 0;

/** Each figure can be seen large; arrows lead to the next, Escape back. */
export function startLens() {
  pictures = [...document.querySelectorAll("main .picture img, main .unused-picture img")];
  for (const [index, picture] of pictures.entries()) {
    const opener = make("button", {
      type: "button",
      class: "zoom",
      "aria-label": say("enlarge", { what: picture.alt }),
    });
    picture.replaceWith(opener);
    opener.append(picture);
    opener.addEventListener("click", () => open(index));
  }
  const lens = byId("loupe");
  for (const [name, act] of Object.entries({
    previous: () => step(-1),
    next: () => step(1),
    size: resize,
    close: () => lens.close(),
  })) {
    const control = lens.querySelector(`[data-do=${name}]`);
    control.textContent = say(name === "size" ? "actualSize" : name);
    control.addEventListener("click", act);
  }
  lens.addEventListener("keydown", (event) => {
    const actual = lens.querySelector(".lens-view").classList.contains("actual");
    if (event.key === "ArrowLeft" && !actual) step(-1);
    if (event.key === "ArrowRight" && !actual) step(1);
  });
  lens.addEventListener("click", (event) => {
    if (event.target === lens) lens.close();
  });
  lens.addEventListener("close", () => pictures[shown].parentElement.focus());
}

function open(index) {
  show(index);
  byId("loupe").showModal();
}

/** The next picture that filters do not hide. */
function step(by) {
  for (let index = shown + by; index >= 0 && index < pictures.length; index += by) {
    if (pictures[index].closest(".filtered") !== null) continue;
    show(index);
    return;
  }
}

function show(index) {
  shown = index;
  const picture = pictures[index];
  const view = byId("loupe").querySelector("img");
  view.src = picture.src;
  view.alt = picture.alt;
  const figure = picture.closest(".figure");
  const caption = figure?.querySelector(".caption") ?? picture.closest(".unused-picture").querySelector(".trace");
  byId("loupe").querySelector(".lens-caption").textContent =
    `${caption.textContent} · SHA-256 ${picture.dataset.original}`;
}

function resize() {
  const view = byId("loupe").querySelector(".lens-view");
  const actual = view.classList.toggle("actual");
  byId("loupe").querySelector("[data-do=size]").textContent = say(actual ? "fit" : "actualSize");
}
