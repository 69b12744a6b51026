/** Answers as files: CSV and JSON as W3C has them, and CSV for spreadsheets. */

import { csvOf } from "../shared/csv";
import type { Rows } from "./messages";
import { text } from "./terms";

/** SPARQL 1.1 Query Results CSV. */
export function csv({ variables, rows }: Rows): string {
  return csvOf([variables, ...rows.map((row) => row.map((cell) => text(cell ?? undefined)))]);
}

/** CSV in which no cell is a formula to a spreadsheet. */
export function csvForSpreadsheets(answer: Rows): string {
  const harmless = (value: string): string =>
    /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  const rows = answer.rows.map((row) =>
    row.map((cell) => (cell ? { type: "literal" as const, value: harmless(text(cell)) } : null)),
  );
  return csv({ ...answer, rows });
}

/** SPARQL 1.1 Query Results JSON. */
export function json({ variables, rows }: Rows): string {
  const bindings = rows.map((row) =>
    Object.fromEntries(variables.flatMap((name, place) => (row[place] ? [[name, row[place]]] : []))),
  );
  return `${JSON.stringify({ head: { vars: variables }, results: { bindings } })}\n`;
}
