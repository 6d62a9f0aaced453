/** `docs serve`: what `docs generate` wrote, for a browser on this machine, until it is told to stop. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TechstoreError } from '../../errors.js';
import { loadProject } from '../../project/index.js';
import { docsServer } from '../../server/docs-server.js';
import { isLoopback } from '../../server/http/hosts.js';
import { listen } from '../../server/listen.js';
import { projectDir } from '../project-dir.js';
import { untilToldToStop } from '../until-told-to-stop.js';

export interface DocsServeOptions {
  readonly projectDir?: string;
  readonly port: number;
  readonly host: string;
  readonly open?: boolean;
  /** False with --no-browser. */
  readonly browser: boolean;
  readonly quiet?: boolean;
}

/** How long a download may still take once it was told to stop, in milliseconds. */
const PATIENCE = 1000;

export async function docsServe(options: DocsServeOptions): Promise<void> {
  if (!isLoopback(options.host)) {
    throw new TechstoreError(
      'usage',
      `--host ${options.host} is not an address of this machine alone`,
      {
        hint: 'docs serve is for your own browser: use 127.0.0.1. For others, put target/docs/index.html on a web server.',
      },
    );
  }
  const root = projectDir(options.projectDir);
  const targetDir = join(root, loadProject(root).targetPath);
  const page = join(targetDir, 'docs', 'index.html');
  if (!existsSync(page)) {
    throw new TechstoreError('usage', `${relative(process.cwd(), page)} does not exist`, {
      hint: 'Run: techstore docs generate',
    });
  }
  const server = await docsServer(targetDir);
  const url = await listen(server, { host: options.host, port: options.port });
  // Whoever reads the address may tell it to stop at once.
  const stopped = untilToldToStop(server, PATIENCE);
  process.stdout.write(`${url}\n`);
  if (options.quiet !== true) {
    process.stderr.write('Serving the documentation to this machine. Ctrl-C stops it.\n');
  }
  if (opens(options)) await openBrowser(url);
  await stopped;
}

/** As with dbt a person at a terminal gets a browser; a script does when it asks for one. */
function opens({ open, browser }: DocsServeOptions): boolean {
  const isScript = !process.stdout.isTTY || (process.env['CI'] ?? '') !== '';
  return browser && (open === true || !isScript);
}

/** Where there is no browser, the address was printed. */
async function openBrowser(url: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.on('error', () => undefined);
  } catch {
    process.stderr.write('No browser could be opened. Open the address above yourself.\n');
  }
}
