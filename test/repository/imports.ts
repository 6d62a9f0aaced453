/** Which files of src import which, `import()` and types included. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { preProcessFile } from 'typescript';
import { root } from '../helpers/shop.js';

export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Paths as `src/engine/engine.ts`. */
export function sourceFiles(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file));
}

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

export function importsOfSource(): Import[] {
  return sourceFiles().flatMap((from) =>
    preProcessFile(textOf(from), true, true)
      .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
      .map(({ fileName }) => {
        const ts = normalize(join(dirname(from), fileName)).replace(/\.js$/, '.ts');
        return { from, to: existsSync(join(root, ts)) ? ts : `${ts}x` };
      }),
  );
}

/** The folder of src that a file is in; undefined for a file of src itself. */
export const layerOf = (file: string): string | undefined => /^src\/(\w+)\//.exec(file)?.[1];
