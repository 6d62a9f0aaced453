import type { RunResult } from '../manifest/results.js';
import type { LoadedProject } from './load.js';
export async function writeRunArtifacts(_p: LoadedProject, _r: RunResult): Promise<void> {}
