/** Pages of documentation: Swagger UI and ReDoc, every file from the package. */
import staticFiles from '@fastify/static';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { fileURLToPath } from 'node:url';
import { redocStyle, swaggerScript, swaggerStyle } from './page-styles.js';
import { pagePolicy, policyText } from '../http/security-headers.js';

/** Files that `npm run build` puts there; the same from the source and from what is compiled. */
const assets = fileURLToPath(new URL('../../../dist/assets/', import.meta.url));

const redocPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TechStore Analytics API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/redoc/access.css">
</head>
<body>
<div id="redoc"></div>
<script src="/redoc/redoc.standalone.js"></script>
<script src="/redoc/start.js"></script>
</body>
</html>
`;

/** The search would need a worker made of a text, which the policy does not allow. */
const redocStart = `Redoc.init('/openapi.json', { disableSearch: true, hideDownloadButton: false, nativeScrollbars: true, theme: { typography: { fontFamily: 'system-ui, sans-serif', headings: { fontFamily: 'system-ui, sans-serif' }, code: { fontFamily: 'ui-monospace, monospace' } } } }, document.getElementById('redoc'));
`;

/** ReDoc writes its styles into the page while it runs. */
const redocPolicy = policyText({ ...pagePolicy, styleSrc: ["'self'", "'unsafe-inline'"] });

/** Swagger UI writes one style into the page, always the same: its hash is what is allowed. */
const swaggerPolicy = {
  ...pagePolicy,
  styleSrc: ["'self'", "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='"],
};

export async function addPages(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  );
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: policyText(swaggerPolicy),
    theme: {
      title: 'TechStore Analytics API',
      css: [{ filename: 'access.css', content: swaggerStyle }],
      js: [{ filename: 'access.js', content: swaggerScript }],
    },
    uiConfig: {
      deepLinking: true,
      tryItOutEnabled: true,
      validatorUrl: null,
      layout: 'BaseLayout',
    },
    logo: {
      type: 'image/svg+xml',
      content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    },
  });
  await app.register(async (pages) => {
    await pages.register(staticFiles, { root: assets, serve: false, maxAge: 3_600_000 });
    pages.get('/redoc/redoc.standalone.js', { schema: { hide: true } }, async (_request, reply) =>
      reply.sendFile('redoc.standalone.js'),
    );
    pages.get('/redoc/start.js', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send(redocStart),
    );
    pages.get('/redoc/access.css', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(redocStyle),
    );
    // Swagger UI's page answers with and without a slash.
    for (const path of ['/redoc', '/redoc/']) {
      pages.get(path, { schema: { hide: true } }, async (_request, reply) =>
        reply
          .header('content-security-policy', redocPolicy)
          .header('cache-control', 'no-cache')
          .type('text/html; charset=utf-8')
          .send(redocPage),
      );
    }
  });
}
