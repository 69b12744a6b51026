// The outline of the UK, Ireland and the Isle of Man out of Natural Earth's countries of the world (1:10 million), which
// world-atlas packs: only their arcs are kept.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const NAME = "virtual:outline";
const COUNTRIES = { 826: "United Kingdom", 372: "Ireland", 833: "Isle of Man" };

async function outline() {
  const path = createRequire(import.meta.url).resolve("world-atlas/countries-10m.json");
  const world = JSON.parse(await readFile(path, "utf-8"));
  const arcs = [];
  const places = new Map();
  const kept = (arc) => {
    const whole = arc < 0 ? ~arc : arc;
    if (!places.has(whole)) {
      places.set(whole, arcs.length);
      arcs.push(world.arcs[whole]);
    }
    const place = places.get(whole);
    return arc < 0 ? ~place : place;
  };
  const deep = (part) => (Array.isArray(part) ? part.map(deep) : kept(part));
  const geometries = world.objects.countries.geometries
    .filter((country) => COUNTRIES[Number(country.id)])
    .map((country) => ({ type: country.type, id: country.id, arcs: deep(country.arcs) }));
  return {
    type: "Topology",
    transform: world.transform,
    objects: { countries: { type: "GeometryCollection", geometries } },
    arcs,
  };
}

/** A vite plugin: `import topology from "virtual:outline"`. */
export function outlinePlugin() {
  return {
    name: "outline",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load: async (id) => (id === `\0${NAME}` ? `export default ${JSON.stringify(await outline())};` : null),
  };
}
