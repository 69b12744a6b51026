/** What a page that asks needs: the engine, the questions, the names of things. */

import { html } from "../shared/dom";
import { fetched } from "../shared/fetched";
import { type Catalogue, Things } from "./catalogue";
import { Engine } from "./engine";

export interface Opened {
  /** Loads the dataset meanwhile. */
  engine: Engine;
  catalogue: Catalogue;
  things: Things;
}

/** A classic script that assigns the names, which the search page uses too; a page may have it already. */
function namesAt(address: string): Promise<void> {
  if (window.CCIN_SEARCH) {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const made = html("script", { src: address });
    made.addEventListener("load", () => resolve());
    made.addEventListener("error", () => reject(new Error(`The names of things are not where they should be (${address}).`)));
    document.head.append(made);
  });
}

/** Open what the data attributes of a page's element name. */
export async function opened({ dump = "", catalogue = "", names = "" }: DOMStringMap): Promise<Opened> {
  const engine = new Engine(new URL(dump, location.href).href);
  const [response] = await Promise.all([fetched("The list of questions", catalogue), namesAt(names)]);
  const read = (await response.json()) as Catalogue;
  return { engine, catalogue: read, things: new Things(read.base, window.CCIN_SEARCH ?? []) };
}
