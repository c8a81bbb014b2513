import createClient, { type Middleware } from 'openapi-fetch';
import { counted, heard } from './network';
import { ApiProblem, readProblem, unreachable } from './problem';
import type { components, paths } from './schema';

/** A schema of the API description by its name. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

// fetch is looked up per call, so that a test can stand in for the network.
export const client = createClient<paths>({ baseUrl: location.origin, fetch: (request) => counted(globalThis.fetch(request)) });

const failures: Middleware = {
  async onResponse({ response }) {
    heard(response.status);
    if (!response.ok) throw await readProblem(response);
  },
  onError({ error }) {
    if (error instanceof ApiProblem) return error;
    if ((error as Error | null)?.name !== 'AbortError') heard(0); // nobody waits for it any more
    return new ApiProblem(0, unreachable, '');
  },
};
client.use(failures);

/** What a page asks in its head, before this program is there (`scripts/page-entry.mjs`). */
const askedInHead = ['/api/v1/me', '/api/v1/instance'];

/**
 * Asks for words in the language the reader reads, not the browser's. Answers to what the page
 * asked in its head hold names in both; under other headers they would be thrown away and asked
 * for again.
 */
export function acceptLanguage(current: () => string): Middleware {
  return {
    onRequest({ request, schemaPath }) {
      if (!askedInHead.includes(schemaPath)) request.headers.set('Accept-Language', current());
      return request;
    },
  };
}

/**
 * The content of an answer; failures arrive as ApiProblem.
 *
 *     const me = await content(client.GET('/api/v1/me'))
 */
export async function content<Data>(call: Promise<{ data?: Data; response: Response }>): Promise<Data> {
  const { data } = await call;
  return data as Data; // the middleware has thrown for everything but success
}

/** Header that binds a write to the version the reader saw. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}
