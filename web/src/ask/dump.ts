/** The published dump, unpacked. */

import { fetched } from "../shared/fetched";

/** Whether bytes are gzip: a server may have unpacked them on the way, whatever the name of the file says. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Fetch a dump of our own site and unpack it. */
export async function dumpAt(address: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await fetched("The dataset", address)).arrayBuffer());
  if (!isGzip(bytes)) {
    return bytes;
  }
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}
