// What an IRI leads to, and in which form; made from the site's rules by ccin-graph.
const SITE = "@SITE@";

// The form that a client wants most (RFC 9110, section 12.5.1); null where it accepts nothing of what there is.
export function preferred(accept, forms) {
  const ranges = new Map();
  for (const part of (accept || "").slice(0, 4096).split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) {
    const match = /^\s*([^\s;,/]+\/[^\s;,/]+)\s*(?:;([^]*))?$/.exec(part);
    if (match) {
      const read = (match[2] || "").split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((one) => /^\s*q\s*=\s*(1(?:\.0{0,3})?|0?\.\d{1,3}|0)\s*$/i.exec(one));
      const found = read.find((one) => one);
      const type = match[1].toLowerCase();
      ranges.set(type, Math.max(found ? Number(found[1]) : 1, ranges.get(type) || 0));
    }
  }
  if (ranges.size === 0) return forms[0];
  const quality = (form) => {
    const types = SITE.forms[form];
    const named = types.filter((type) => ranges.has(type)).map((type) => ranges.get(type));
    if (named.length) return Math.max(...named);
    return ranges.get(`${types[0].split("/")[0]}/*`) ?? ranges.get("*/*") ?? 0;
  };
  const best = Math.max(...forms.map(quality));
  return best > 0 ? forms.find((form) => quality(form) === best) : null;
}

// Status and target of a path below the site's top; null for a file, which is served as it is.
export function answer(path, accept) {
  const retired = SITE.retired[path.replace(/\/(?:text|selector)$/, "")];
  if (retired) return retired;
  for (const [pattern, page, data, forms] of SITE.rules) {
    const match = new RegExp(`^(?:${pattern})$`).exec(path);
    if (match && path) {
      const form = preferred(accept, forms);
      if (form === null) return { status: 406, target: "" };
      return { status: 303, target: (form === "html" ? page : `${data}.${form}`).replace("$1", match[1]) };
    }
  }
  return null;
}

// The answer to a request as a Response; null for a file.
export async function respond(request, fetchPage) {
  const url = new URL(request.url);
  if (!url.pathname.startsWith(SITE.top)) return null;
  const found = answer(url.pathname.slice(SITE.top.length), request.headers.get("Accept"));
  if (found === null) return null;
  const headers = { Vary: "Accept", "Access-Control-Allow-Origin": "*" };
  if (found.status === 410) {
    const page = await fetchPage(new URL(SITE.top + found.target, url));
    return new Response(page.body, { status: 410, headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } });
  }
  if (found.status === 406) {
    const types = Object.values(SITE.forms).map((one) => one[0]).join("\n");
    return new Response(`There is\n${types}\n`, { status: 406, headers: { ...headers, "Content-Type": "text/plain" } });
  }
  return new Response(null, { status: found.status, headers: { ...headers, Location: SITE.top + found.target } });
}
