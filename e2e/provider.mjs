// A provider of identities, as there are many, and a browser without a screen that goes there. Knows OpenID Connect from the provider's
// side; must never look into the program.

import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

/** The oldest Node that oidc-provider runs on. */
const OLDEST_NODE = 20;
const tooOld = Number(process.versions.node.split(".")[0]) < OLDEST_NODE;
const { Provider: OpenIdProvider } = tooOld ? {} : await import("oidc-provider");

/** Why the tests with a provider cannot run here, if they cannot. */
export const skip = tooOld && `oidc-provider needs Node ${OLDEST_NODE}, this is ${process.versions.node}`;

export const CLIENT_ID = "truestory";
export const CLIENT_SECRET = "a secret & its %25 signs";

/** A port of this machine that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/**
 * A provider that lets everyone in who gives a name and any password; ended with the test. `people` says by that name what it tells of
 * them. `url` is where it sends people back to, below which the callback is; `inToken` has it tell all of that in the ID token.
 */
export class Provider {
  #server;
  #options;
  #port = 0;

  static async start(test, options) {
    const provider = new Provider();
    provider.#options = options;
    await provider.start();
    test.after(() => provider.stop());
    return provider;
  }

  /** Starts, with another key than before. */
  async start() {
    this.#server = createServer().listen(this.#port, "localhost");
    await once(this.#server, "listening");
    this.#port = this.#server.address().port;
    const provider = new OpenIdProvider(this.issuer, this.#configuration());
    this.#server.on("request", provider.callback());
  }

  async stop() {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Another site than the program's, to a browser. */
  get issuer() {
    return `http://localhost:${this.#port}`;
  }

  /** What truestory is started with to send people here. */
  get settings() {
    const { url } = this.#options;
    return {
      accounts: true,
      listen: new URL(url).host,
      args: ["--url", url, "--oidc-issuer", this.issuer, "--oidc-client-id", CLIENT_ID, "--oidc-name", "Example"],
      // As it is meant to be given: a secret on a command line is seen by everyone on the machine.
      env: { TRUESTORY_OIDC_CLIENT_SECRET: CLIENT_SECRET },
    };
  }

  #configuration() {
    const { url, people, inToken = false } = this.#options;
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const redirect_uris = [`${url}/auth/provider/callback`];
    return {
      clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris }],
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      conformIdTokenClaims: !inToken,
      cookies: { keys: ["a key of this test"] },
      findAccount: (_, name) => ({ accountId: name, claims: () => ({ sub: name, ...people[name] }) }),
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: `key ${Date.now()}` }] },
      pkce: { required: () => true },
    };
  }
}

/** A browser without a screen: it keeps cookies and goes where it is sent. */
export class Wanderer {
  #jars = new Map();

  /** Asks once, without going where the answer says. */
  async ask(address, options = {}) {
    const { host } = new URL(address);
    const jar = this.#jars.get(host) ?? new Map();
    this.#jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(address, { redirect: "manual", ...options, headers: { cookie, ...options.headers } });
    for (const set of answer.headers.getSetCookie()) {
      const [pair] = set.split(";");
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Goes to an address and on to wherever it is sent, as far as `until` allows; answers where it is and what it sees. */
  async go(address, { until = () => false, ...options } = {}) {
    for (let at = address, asked = options; ; asked = {}) {
      if (until(at)) return { at };
      const answer = await this.ask(at, asked);
      const next = answer.headers.get("location");
      if (!next) return { at, status: answer.status, text: await answer.text() };
      at = new URL(next, at).href;
    }
  }

  /** Signs in at the provider, from the page that it shows. */
  async signIn(seen, name, options) {
    let { at, text } = seen;
    for (const fields of [{ prompt: "login", login: name, password: "any" }, { prompt: "consent" }]) {
      const action = text?.match(/<form[^>]* action="([^"]+)" method="post"/)?.[1];
      if (!action || !text.includes(`value="${fields.prompt}"`)) continue;
      const body = new URLSearchParams(fields);
      ({ at, text } = await this.go(new URL(action, at).href, { method: "POST", body, ...options }));
    }
    return { at, text };
  }
}
