import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load, type LoadedProject, type LoadOptions } from '../../src/cli/load.js';
import { silentLogger } from '../../src/dbt/logger.js';

/** A dbt project of a few files in a folder of its own. */
export class SmallProject {
  readonly dir = mkdtempSync(join(tmpdir(), 'techstore-small-'));

  constructor(files: Readonly<Record<string, string>>) {
    this.write({
      'dbt_project.yml': 'name: shop\nprofile: shop\n',
      'profiles.yml':
        'shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: dev}}}\n',
      ...files,
    });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.dir, file)), { recursive: true });
      writeFileSync(join(this.dir, file), text);
    }
  }

  load(options: Omit<LoadOptions, 'projectDir'> = {}): LoadedProject {
    return load('build', { projectDir: this.dir, ...options }, silentLogger);
  }

  /** SQL of a model, test or analysis, white space folded. */
  async compiled(name: string, options: Omit<LoadOptions, 'projectDir'> = {}): Promise<string> {
    const project = this.load(options);
    const node = [...project.manifest.nodes.values()].find((n) => n.name === name);
    if (node?.resourceType !== 'model' && node?.resourceType !== 'test') {
      throw new Error(`no node ${name}`);
    }
    const { sql } = await project.compiler.compile(node, { backend: null });
    return sql.replace(/\s+/g, ' ').trim();
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
