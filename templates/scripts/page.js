/** What the page knows of its run. */
export const data = JSON.parse(document.getElementById("donnees").textContent);

export function byId(id) {
  return document.getElementById(id);
}

/** A sentence of the report's language, its `{names}` filled in. */
export function say(key, values = {}) {
  return data.words[key].replace(/\{(\w+)\}/g, (_whole, name) => String(values[name]));
}

/** An element with attributes and children; text stays text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function button(text, act) {
  const element = make("button", { type: "button" }, text);
  element.addEventListener("click", act);
  return element;
}

/** A value that the browser keeps for this reader; nothing is kept where it may not be. */
export function remembered(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(`constat-${key}`, value);
    return localStorage.getItem(`constat-${key}`);
  } catch {
    return null;
  }
}
