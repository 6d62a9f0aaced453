/**
 * `npm run docs` writes docs/cli.md from the program's own help, and DATA_LINEAGE.md and
 * docs/data-dictionary.md from the project of this repository; `npm run docs:check`
 * says what of the docs is not as it should be: those pages, links, dependencies.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { compile, install, root } from './lib/setup.mjs';

install();
compile();
// Not before it is compiled; its types are those of the source.
const compiled = new URL('../dist/cli/program.js', import.meta.url).href;
/** @type {typeof import('../src/cli/program.js')} */
const { createProgram } = await import(compiled);

const table = new URL('../dist/cli/dbt-flags/table.js', import.meta.url).href;
/** @type {typeof import('../src/cli/dbt-flags/table.js')} */
const { dbtFlags } = await import(table);

/** The help of each command, in the order of the program. */
function cliPage() {
  const parts = [
    '# Commands',
    '',
    'Written by `npm run docs` from `techstore --help`. Do not change it by hand.',
  ];
  /**
   * @param {import('commander').Command} command
   * @param {readonly string[]} names
   */
  const visit = (command, names) => {
    command.configureHelp({ helpWidth: 96 });
    parts.push('', `## ${names.join(' ')}`, '', '```text');
    let text = '';
    command.configureOutput({ writeOut: (chunk) => (text += chunk), getOutHelpWidth: () => 96 });
    command.outputHelp();
    parts.push(text.trimEnd(), '```');
    for (const child of command.commands) {
      if (child.name() !== 'help' && !child.name().startsWith('__'))
        visit(child, [...names, child.name()]);
    }
  };
  visit(createProgram(), ['techstore']);
  return `${parts.join('\n')}\n`;
}

/**
 * What the program says of this repository's own project.
 * @param {readonly string[]} args
 */
function pageOfProgram(...args) {
  const done = spawnSync(process.execPath, [join(root, 'bin', 'techstore.js'), ...args, '-q'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (done.status !== 0) throw new Error(`techstore ${args.join(' ')} failed:\n${done.stderr}`);
  return done.stdout;
}

/** What each flag of dbt that no help lists does. */
function flagsPage() {
  const effects = {
    /** @param {{ as: string, value?: unknown }} effect */
    same: ({ as, value }) =>
      `${value === false && as !== 'color' ? 'turns off' : 'the same as'} \`${as === 'color' ? '--no-' : '--'}${as.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}\``,
    /** @param {{ why: string }} effect */
    none: ({ why }) => `no effect, and a note says so. ${why}`,
    /** @param {{ why: string }} effect */
    default: ({ why }) => `this is the default. ${why}`,
    /** @param {{ hint: string }} effect */
    refused: ({ hint }) => `an error. ${hint}`,
    /** @param {{ variable: string, why: string }} effect */
    environment: ({ variable, why }) => `${why} (also: \`${variable}\`)`,
    /** @param {{ of: keyof typeof values }} effect */
    value: ({ of }) => values[of],
  };
  const rows = dbtFlags.map(({ flags, on, effect }) => {
    const names = flags.map((text) => `\`${text}\``).join(', ');
    const make = /** @type {(of: typeof effect) => string} */ (effects[effect.kind]);
    return `| ${names} | ${on?.map((name) => `\`${name}\``).join(', ') ?? 'all'} | ${make(effect)} |`;
  });
  return [
    '# Flags of dbt',
    '',
    'Written by `npm run docs` from the table in the program. Do not change it by hand.',
    '',
    'The commands that dbt has too take its flags, before the command or after it. Flags that are in the help',
    'are described in [cli.md](cli.md). The others are these. A flag that a command has as an option of its own',
    'means what the help says. If several lines name a flag, the first one that fits the command holds.',
    '',
    '| flag | commands | effect |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const values = {
  'warn-error-options':
    '`{error: all}` is the same as `--warn-error`; anything else has no effect, and a note says so',
  'log-level':
    '`warn`, `error` and `none` are the same as `--quiet`; `debug` prints what `info` prints',
  'log-format':
    "`json`: each line that would be printed is an event of dbt's structured log, on stdout; `text` is the default",
  output: '`json` is the same as `--format json`, `text` as `--format table`',
};

/** @type {Readonly<Record<string, () => string>>} */
const written = {
  'docs/cli.md': cliPage,
  'docs/dbt-flags.md': flagsPage,
  'DATA_LINEAGE.md': () => pageOfProgram('lineage', '--markdown'),
  'docs/data-dictionary.md': () => pageOfProgram('lineage', '--dictionary'),
};
if (!process.argv.includes('--check')) {
  for (const [file, make] of Object.entries(written)) {
    writeFileSync(join(root, file), make());
    console.log(`Wrote ${file}`);
  }
  process.exit(0);
}

/** @type {string[]} */
const faults = [];
for (const [file, make] of Object.entries(written)) {
  const page = join(root, file);
  if (!existsSync(page) || readFileSync(page, 'utf8') !== make())
    faults.push(`${file} is out of date: run \`npm run docs\``);
}
const pages = [
  'README.md',
  'CHANGELOG.md',
  'DATA_LINEAGE.md',
  ...readdirSync(join(root, 'docs'))
    .filter((f) => f.endsWith('.md'))
    .map((f) => `docs/${f}`),
];
for (const file of pages) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    if (!existsSync(join(root, normalize(join(dirname(file), target)))))
      faults.push(`${file}: the link to ${target} leads nowhere`);
  }
  for (const [, script = ''] of text.matchAll(/npm run ([a-z:]+)/g)) {
    if (!(script in JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts)) {
      faults.push(`${file}: there is no script ${script}`);
    }
  }
}
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const described = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
  if (!described.includes(`\`${name}\``))
    faults.push(`docs/dependencies.md does not describe ${name}`);
}
const linked =
  readFileSync(join(root, 'README.md'), 'utf8') +
  pages.map((f) => readFileSync(join(root, f), 'utf8')).join('\n');
for (const file of readdirSync(join(root, 'docs'))) {
  if (!linked.includes(file)) faults.push(`no page links to docs/${file}`);
}
for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0 ? 'The docs are as they should be' : `${faults.length} faults in the docs`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
