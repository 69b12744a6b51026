
// Netlify Edge Function; files are served as they are.
export default async (request) => (await respond(request, (url) => fetch(url))) ?? undefined;

export const config = { path: "@PATHS@" };
