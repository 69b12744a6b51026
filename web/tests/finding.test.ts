import { describe, expect, it } from "vitest";
import { type Entry, Finder, folded } from "../src/search/finding";

const entry = (label: string, names = "", kind = "council"): Entry => ({
  path: `id/${label}.html`,
  label,
  names,
  kind,
  note: "",
});

const finder = new Finder([
  entry("Rochdale Borough Council", "Rochdale MBC"),
  entry("Rochdale Boroughwide Housing", "RBH", "organisation"),
  entry("Oldham Metropolitan Borough Council"),
  entry("Dŵr Cymru", "", "organisation"),
  entry("Preston", "", "place"),
  entry("Preston City Council"),
]);
const labels = (text: string, kind = ""): string[] => finder.find(text, kind).map((found) => found.label);

describe("finding", () => {
  it("finds the beginning of a word", () => {
    expect(labels("oldh")).toEqual(["Oldham Metropolitan Borough Council"]);
  });
  it("forgives a slip", () => {
    expect(labels("rochdlae")).toContain("Rochdale Borough Council");
    expect(labels("oldhma")).toContain("Oldham Metropolitan Borough Council");
  });
  it("finds another name", () => {
    expect(labels("RBH")).toEqual(["Rochdale Boroughwide Housing"]);
  });
  it("does not mind accents", () => {
    expect(labels("dwr cymru")).toEqual(["Dŵr Cymru"]);
    expect(folded("Café’s")).toBe("cafes");
  });
  it("puts the whole name first", () => {
    expect(labels("preston")[0]).toBe("Preston");
  });
  it("puts the whole of another name before the beginning of a label", () => {
    const found = new Finder([entry("Oldham Cares"), entry("Borough Council of the North", "Oldham")]);
    expect(found.find("oldham").map((one) => one.label)[0]).toBe("Borough Council of the North");
  });
  it("keeps to a kind", () => {
    expect(labels("rochdale", "organisation")).toEqual(["Rochdale Boroughwide Housing"]);
    expect(finder.kinds()).toEqual(["council", "organisation", "place"]);
  });
  it("finds nothing for nothing", () => {
    expect(labels("  ")).toEqual([]);
    expect(labels("zzzz")).toEqual([]);
  });
});
