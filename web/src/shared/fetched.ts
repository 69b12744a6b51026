/** Fetch a file of our own site; `what` names it where it is missing. */
export async function fetched(what: string, address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${what} is not where it should be (${address}: ${response.status}).`);
  }
  return response;
}
