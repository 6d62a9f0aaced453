/** Starts Spark's Thrift Server with Delta in one JVM, and stops it by its process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sparkHome } from '../../scripts/lib/spark-environment.mjs';

const logging = fileURLToPath(new URL('./environment/log4j2.properties', import.meta.url));

/** Folder of the latest run. */
export const sparkRun = join(sparkHome, 'run');
const keep = fileURLToPath(new URL('./keep.mjs', import.meta.url));

// What Spark reaches into on Java 17.
const opened = [
  ...['java.lang', 'java.lang.invoke', 'java.lang.reflect', 'java.io', 'java.net', 'java.nio'],
  ...['java.util', 'java.util.concurrent', 'java.util.concurrent.atomic', 'sun.nio.ch'],
  ...['sun.nio.cs', 'sun.security.action', 'sun.util.calendar'],
];

export interface Spark {
  /** Thrift over HTTP on 127.0.0.1. */
  readonly port: number;
  /** Folder of this run: log, warehouse. */
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startSpark(): Promise<Spark> {
  const folder = sparkRun;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const log = join(folder, 'spark.log');
  const out = openSync(log, 'w');
  const child = spawn(process.execPath, [keep, 'java', ...javaArguments(port, folder)], {
    cwd: folder,
    stdio: ['pipe', out, out],
    env: { ...process.env, TZ: 'UTC' },
  });
  closeSync(out);
  const stop = (): Promise<void> => stopped(child);
  try {
    await ready(child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, stop };
}

function javaArguments(port: number, folder: string): string[] {
  const conf: Record<string, string> = {
    'spark.driver.host': '127.0.0.1',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.ui.enabled': 'false',
    'spark.sql.shuffle.partitions': '1',
    // The tables are small: to compile each query's code would take longer than to run it.
    'spark.sql.codegen.wholeStage': 'false',
    'spark.sql.codegen.factoryMode': 'NO_CODEGEN',
    'spark.sql.adaptive.enabled': 'false',
    'spark.sql.extensions': 'io.delta.sql.DeltaSparkSessionExtension',
    'spark.sql.catalog.spark_catalog': 'org.apache.spark.sql.delta.catalog.DeltaCatalog',
    'spark.sql.warehouse.dir': join(folder, 'warehouse'),
    'spark.databricks.delta.snapshotPartitions': '1',
    // Answers max(date) from statistics, and fails on dates as the Thrift server has them.
    'spark.databricks.delta.optimizeMetadataQuery.enabled': 'false',
    'spark.hadoop.javax.jdo.option.ConnectionURL': 'jdbc:derby:memory:metastore;create=true',
    'spark.hadoop.hive.server2.transport.mode': 'http',
    'spark.hadoop.hive.server2.thrift.http.port': String(port),
    'spark.hadoop.hive.server2.thrift.bind.host': '127.0.0.1',
  };
  return [
    '-Xmx6g',
    '-XX:+UseSerialGC',
    // Few of Spark's methods run often enough here for the slower, better compiler.
    '-XX:TieredStopAtLevel=1',
    '-Duser.timezone=UTC',
    `-Djava.io.tmpdir=${folder}`,
    `-Dlog4j2.configurationFile=${logging}`,
    `-Dderby.system.home=${folder}`,
    ...opened.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    '-cp',
    join(sparkHome, 'jars', '*'),
    'org.apache.spark.deploy.SparkSubmit',
    '--class',
    'org.apache.spark.sql.hive.thriftserver.HiveThriftServer2',
    '--master',
    'local[2]',
    ...Object.entries(conf).flatMap(([name, value]) => ['--conf', `${name}=${value}`]),
    'spark-internal',
  ];
}

async function ready(child: ChildProcess, log: string): Promise<void> {
  let exited = false;
  child.once('exit', () => (exited = true));
  for (const until = Date.now() + 180_000; Date.now() < until;) {
    const text = readFileSync(log, 'utf8');
    if (text.includes('HiveThriftServer2 started')) return;
    if (exited) throw new Error(`Spark did not start:\n${text.slice(-4000)}`);
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`Spark did not start in time:\n${readFileSync(log, 'utf8').slice(-4000)}`);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.stdin?.end();
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
