/** `/dashboard`: the page that `npm run build` bundles, every file from the package. */
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { fileURLToPath } from 'node:url';
import { pagePolicy, policyText } from '../http/security-headers.js';

/** The same from the source and from what is compiled. */
const files = fileURLToPath(new URL('../../../dist/dashboard/', import.meta.url));

const YEAR = 31_536_000_000;

export async function addDashboard(app: FastifyInstance): Promise<void> {
  await app.register(async (pages) => {
    await pages.register(staticFiles, {
      root: `${files}assets/`,
      prefix: '/dashboard/assets/',
      // A route for each file: any other path is unknown, as everywhere.
      wildcard: false,
      index: false,
      // The name of a file holds its hash: under one name it never changes.
      maxAge: YEAR,
      immutable: true,
    });
    pages.get('/dashboard', { schema: { hide: true } }, async (_request, reply) =>
      reply
        .header('content-security-policy', policyText(pagePolicy))
        .sendFile('index.html', files, { maxAge: 0, immutable: false, cacheControl: false })
        .header('cache-control', 'no-cache'),
    );
  });
}
