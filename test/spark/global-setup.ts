import type { TestProject } from 'vitest/node';
import { sparkRun, startSpark } from './start-spark.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of Spark's Thrift Server, on 127.0.0.1. */
    sparkPort: number;
    sparkFolder: string;
  }
}

/** A Spark that runs already is used where TECHSTORE_SPARK_PORT names its port, and left running. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env['TECHSTORE_SPARK_PORT'];
  const spark =
    running === undefined
      ? await startSpark()
      : { port: Number(running), folder: sparkRun, stop: () => Promise.resolve() };
  project.provide('sparkPort', spark.port);
  project.provide('sparkFolder', spark.folder);
  return () => spark.stop();
}
