/**
 * Values into a query, in the one way there is: validated terms, written by us, replace variables.
 *
 * As in `ccin_graph.queries.binding`.
 */

import { folded, namesOf } from "../search/finding";
import { nearest } from "../shared/near";
import type { Catalogue, Parameter, Question, Things } from "./catalogue";
import { iri, literal } from "./terms";
import { replaceVariables } from "./tokens";

/** A value that a parameter does not take. */
export class BadValue extends Error {
  constructor(
    message: string,
    readonly parameter: string,
  ) {
    super(message);
  }
}

const NUMBER = /^[+-]?\d{1,30}(\.\d{1,30})?$/;
const SLUG = /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/;

export function bound(
  question: Question,
  values: Readonly<Record<string, string>>,
  catalogue: Catalogue,
  things: Things,
): string {
  const terms = new Map<string, string>();
  for (const parameter of question.parameters) {
    const value = (values[parameter.name] ?? "").trim() || parameter.default;
    if (!value) {
      throw new BadValue(`${parameter.name}: a value is needed (${parameter.about}).`, parameter.name);
    }
    terms.set(parameter.variable, term(parameter, value, catalogue, things));
  }
  return replaceVariables(question.text, terms);
}

function term(parameter: Parameter, value: string, catalogue: Catalogue, things: Things): string {
  switch (parameter.kind) {
    case "string":
      return literal(value);
    case "date":
      return literal(day(parameter, value), "date");
    case "number":
      if (!NUMBER.test(value)) {
        throw new BadValue(`${parameter.name}: “${value}” is no number.`, parameter.name);
      }
      return literal(value.replace(/^\+/, ""), "decimal");
    default:
      return iri(thing(parameter, value, catalogue, things));
  }
}

function day(parameter: Parameter, value: string): string {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  const date = new Date(`${value}T00:00:00Z`);
  if (!parts || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value) {
    throw new BadValue(`${parameter.name}: “${value}” is no date. Write it as 2021-08-21.`, parameter.name);
  }
  return value;
}

function thing(parameter: Parameter, value: string, { base }: Catalogue, things: Things): string {
  const { kind, name } = parameter;
  if (kind === "claim") {
    const claim = /^https?:/.test(value) ? value : base + value;
    if (claim.startsWith(base) && things.of(claim.split("#")[0]!)) {
      return claim;
    }
    throw new BadValue(`${name}: no claim “${value}”.`, name);
  }
  const start = `${base}${kind}/`;
  const given = /^https?:/.test(value) ? value : value.startsWith(`${kind}/`) ? base + value : start + value;
  const known = [...things.ofKind(kind)];
  const wellFormed = given.startsWith(start) && SLUG.test(given.slice(start.length));
  // Of kinds that the search does not list, such as partnerships, the graph itself knows whether there is one.
  if (wellFormed && (known.length === 0 || things.of(given))) {
    return given;
  }
  const whole = folded(value);
  const called = known.filter(([, entry]) => namesOf(entry).some((one) => folded(one) === whole));
  if (called.length === 1) {
    return called[0]![0];
  }
  if (called.length > 1) {
    const slugs = called.map(([one]) => one.slice(start.length)).join(", ");
    throw new BadValue(`${name}: several things are called “${value}”. Write one of ${slugs}.`, name);
  }
  const near = nearest(value, known.map(([, entry]) => entry.label)) ?? nearest(value, known.map(([one]) => one.slice(start.length)));
  throw new BadValue(`${name}: no ${kind} “${value}”.${near ? ` Did you mean ${near}?` : ""}`, name);
}
