/**
 * Spark, Delta and a certificate for `npm run test:spark`, in `.cache/spark`. Packages come through
 * pip and Maven as they are set up on this machine; nothing is used whose checksum is another.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const pins = join(root, 'test', 'spark', 'environment');
export const sparkHome = join(root, '.cache', 'spark');
const jars = join(sparkHome, 'jars');
const tls = join(sparkHome, 'tls');

/** Of a key that opens nothing but a stand-in on this machine. */
const storePassword = 'stand-in';

/** Makes what is missing; without a change of the pins the second call does nothing. */
export function makeSparkEnvironment() {
  const files = ['checksums.json', 'pom.xml', 'requirements.txt'];
  const want = files.map((file) => readFileSync(join(pins, file), 'utf8')).join('\n');
  const stamp = join(sparkHome, 'pins.sha256');
  const hash = createHash('sha256').update(want).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    rmSync(sparkHome, { recursive: true, force: true });
    mkdirSync(jars, { recursive: true });
    fetchSpark();
    fetchDelta();
    writeFileSync(stamp, hash);
  }
  if (!existsSync(join(tls, 'server.p12'))) makeCertificates();
}

function fetchSpark() {
  console.error('Fetching Spark (434 MB) ...');
  const venv = join(sparkHome, 'venv');
  const download = join(sparkHome, 'download');
  must('python3', ['-m', 'venv', venv]);
  // pip checks the hash of requirements.txt.
  must(join(venv, 'bin', 'python'), [
    ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'],
    ...['--no-binary', 'pyspark', '--require-hashes', '-r', join(pins, 'requirements.txt')],
    ...['--dest', download],
  ]);
  const [archive] = readdirSync(download);
  if (archive === undefined) return stop('pip downloaded nothing');
  must('tar', ['-xzf', join(download, archive), '-C', download, '--wildcards', '*/deps/jars/*']);
  const unpacked = archive.replace(/\.tar\.gz$/, '');
  rmSync(jars, { recursive: true });
  renameSync(join(download, unpacked, 'deps', 'jars'), jars);
  rmSync(download, { recursive: true });
  rmSync(venv, { recursive: true });
}

function fetchDelta() {
  console.error('Fetching Delta Lake ...');
  must('mvn', [
    ...['--quiet', '--batch-mode', '--file', join(pins, 'pom.xml')],
    ...['dependency:copy', `-DoutputDirectory=${jars}`],
  ]);
  const checksums = JSON.parse(readFileSync(join(pins, 'checksums.json'), 'utf8'));
  for (const [file, want] of Object.entries(checksums)) {
    const is = createHash('sha256')
      .update(readFileSync(join(jars, file)))
      .digest('hex');
    if (is !== want) stop(`${file} has the checksum ${is}, not ${want}`);
  }
}

/** A certificate authority of our own, a server that it vouches for, and one that nobody does. */
function makeCertificates() {
  rmSync(tls, { recursive: true, force: true });
  mkdirSync(tls, { recursive: true });
  /** @param {string} store @param {readonly string[]} args */
  const keytool = (store, ...args) =>
    must('keytool', [...args, '-keystore', join(tls, store), '-storepass', storePassword]);
  /** @param {string} store @param {string} name @param {readonly string[]} more */
  const pair = (store, name, ...more) =>
    keytool(
      store,
      ...['-genkeypair', '-alias', 'key', '-keyalg', 'EC', '-groupname', 'secp256r1'],
      ...['-dname', `CN=${name}`, '-validity', '3650', '-storetype', 'PKCS12', ...more],
    );
  const local = ['-ext', 'san=dns:localhost,ip:127.0.0.1'];
  pair('ca.p12', 'techstore test CA', '-ext', 'bc:c');
  pair('server.p12', 'localhost', ...local);
  pair('stranger.p12', 'localhost', ...local);
  /** @param {string} name */
  const file = (name) => join(tls, name);
  keytool('ca.p12', '-exportcert', '-alias', 'key', '-rfc', '-file', file('ca.pem'));
  keytool('server.p12', '-certreq', '-alias', 'key', '-file', file('server.csr'));
  keytool(
    'ca.p12',
    '-gencert',
    '-alias',
    'key',
    '-rfc',
    '-validity',
    '3650',
    ...local,
    '-infile',
    file('server.csr'),
    '-outfile',
    file('server.pem'),
  );
  keytool('server.p12', '-importcert', '-alias', 'ca', '-noprompt', '-file', file('ca.pem'));
  keytool('server.p12', '-importcert', '-alias', 'key', '-noprompt', '-file', file('server.pem'));
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function must(command, args) {
  const done = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (done.status === 0) return;
  stop(
    `${command} ${args.join(' ')} failed:\n${done.error?.message ?? ''}${done.stdout ?? ''}${done.stderr ?? ''}`,
  );
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(message);
  console.error(
    'npm run test:spark needs Java 17 with keytool, Maven, Python 3 with venv, and tar.',
  );
  console.log('0 passed, 1 failed');
  process.exit(1);
}
