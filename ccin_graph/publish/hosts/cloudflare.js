
// Cloudflare Worker in front of the folder as static assets; see wrangler.toml beside it.
export default {
  async fetch(request, env) {
    const fetchPage = (url) => env.ASSETS.fetch(new Request(url));
    return (await respond(request, fetchPage)) ?? env.ASSETS.fetch(request);
  },
};
