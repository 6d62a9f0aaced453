/** Serves the documentation that `docs generate` wrote, to browsers on this machine alone. */
import fastifyStatic from '@fastify/static';
import fastify from 'fastify';
import { join } from 'node:path';
import type { Server } from './app.js';
import { isLoopbackName } from './http/hosts.js';

/** What lies beside the page's folder: dbt's artifacts, for programs. */
const artifacts = ['manifest.json', 'catalog.json', 'run_results.json', 'sources.json'];

/** @param targetDir absolute; the page is read for each request, so that a new one is shown at once */
export async function docsServer(targetDir: string): Promise<Server> {
  const app = fastify({ forceCloseConnections: true });
  await app.register(fastifyStatic, { root: targetDir, serve: false });
  app.addHook('onRequest', async (request, reply) => {
    // A page elsewhere can give its own server's name to this machine, and read the answers.
    if (!isLoopbackName(request.headers.host ?? '')) {
      return reply.code(421).type('text/plain').send('Ask for localhost.\n');
    }
    reply.headers({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    return undefined;
  });
  const options = { cacheControl: true, maxAge: 0 };
  const page = join(targetDir, 'docs');
  for (const url of ['/', '/index.html']) {
    app.get(url, (_request, reply) => reply.sendFile('index.html', page, options));
  }
  for (const name of artifacts) {
    app.get(`/${name}`, (_request, reply) => reply.sendFile(name, targetDir, options));
  }
  // Browsers ask for it by themselves.
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send());
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain').send('There is no such page.\n'),
  );
  return { app, announceStop: () => undefined };
}
