/** Methods that look at a node alone: its names, its path, its tags. */
import { basename, extname } from 'node:path/posix';
import { TechstoreError } from '../errors.js';
import type { GraphNode } from '../manifest/nodes.js';
import { pathInPackage } from '../manifest/path-in-package.js';
import { fnmatch, globMatch } from './fnmatch.js';
import type { Method } from './method-context.js';
import { didYouMean } from '../ground/did-you-mean.js';

const wildcard = /[*?[\]]/;

/** dbt's rule for a name against a node's place in the project. */
export function matchesFqn(fqn: readonly string[], selector: string): boolean {
  const leaf = fqn[fqn.length - 1] ?? '';
  if (leaf === selector) return true;
  const flat = fqn.flatMap((part) => part.split('.'));
  const parts = selector.split('.');
  if (flat.length < parts.length) return false;
  for (const [i, part] of parts.entries()) {
    if (wildcard.test(part)) {
      if (fnmatch(flat.slice(i).join('.'), parts.slice(i).join('.'))) return true;
      // A bare pattern also matches the last part, however deep the node lies.
      return parts.length === 1 && fnmatch(leaf, selector);
    }
    if (flat[i] !== part) return false;
  }
  return true;
}

const isParsed = (node: GraphNode) =>
  node.resourceType !== 'source' &&
  node.resourceType !== 'exposure' &&
  node.resourceType !== 'unit_test';

const fqn: Method = (value) => (node) =>
  node.resourceType !== 'source' &&
  (matchesFqn(node.fqn, value) || matchesFqn(node.fqn.slice(1), value));

const tag: Method = (value) => (node) => node.tags.some((own) => fnmatch(own, value));

const group: Method = (value) => (node) => {
  if (!isParsed(node) || !('group' in node.config)) return false;
  return node.config.group !== null && fnmatch(node.config.group, value);
};

const access: Method = (value) => (node) => node.resourceType === 'model' && node.access === value;

function dotted(value: string, most: number, method: string, forms: string): string[] {
  const parts = value.split('.');
  if (parts.length <= most) return parts;
  throw new TechstoreError('selection', `'${value}' is too long for ${method}:`, {
    hint: `Write ${forms}.`,
  });
}

const source: Method = (value) => {
  const parts = dotted(value, 3, 'source', 'source, source.table or package.source.table');
  const [table, name, packageName] =
    parts.length === 1 ? ['*', parts[0], '*'] : [...parts].reverse();
  return (node) =>
    node.resourceType === 'source' &&
    fnmatch(node.packageName, packageName ?? '*') &&
    fnmatch(node.sourceName, name ?? '*') &&
    fnmatch(node.name, table ?? '*');
};

/** `exposure:` and `unit_test:`: a name, or package.name. */
function named(type: 'exposure' | 'unit_test'): Method {
  return (value) => {
    const parts = dotted(value, 2, type, 'name or package.name');
    const [name, packageName] = [...parts].reverse();
    return (node) =>
      node.resourceType === type &&
      fnmatch(node.packageName, packageName ?? '*') &&
      fnmatch(node.name, name ?? '');
  };
}

const path: Method = (value, _args, { manifest }) => {
  let pattern = value.replaceAll('\\', '/');
  const root = `${manifest.projectRoot.replaceAll('\\', '/')}/`;
  if (pattern.startsWith(root)) pattern = pattern.slice(root.length);
  return (node) => {
    const patch = 'patchPath' in node ? node.patchPath : null;
    if (patch !== null && globMatch(patch.replace(/^.*:\/\//, ''), pattern)) return true;
    // A file of a package is found below the root project, and as dbt has it: inside its package.
    return [node.originalFilePath, pathInPackage(node)].some((path) => {
      const parts = path.split('/');
      return parts.some((_, i) => globMatch(parts.slice(0, i + 1).join('/'), pattern));
    });
  };
};

const file: Method = (value) => (node) => {
  const name = basename(node.originalFilePath);
  return fnmatch(name, value) || fnmatch(basename(name, extname(name)), value);
};

const packageMethod: Method = (value, _args, { manifest }) => {
  const wanted = value === 'this' ? manifest.projectName : value;
  return (node) => fnmatch(node.packageName, wanted);
};

/** dbt's names of resource types; those that no project here has match nothing. */
export const resourceTypes = [
  'model',
  'seed',
  'snapshot',
  'source',
  'test',
  'unit_test',
  'exposure',
  'analysis',
  'operation',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
];

const resourceType: Method = (value) => {
  if (!resourceTypes.includes(value)) {
    throw new TechstoreError('selection', `'${value}' is not a resource type`, {
      hint: `${didYouMean(value, resourceTypes) ?? ''} Types: ${resourceTypes.join(', ')}.`.trim(),
    });
  }
  return (node) => (node.resourceType as string) === value;
};

const testName: Method = (value) => (node) => {
  if (node.resourceType === 'unit_test') return fnmatch(node.name, value);
  return (
    node.resourceType === 'test' &&
    node.testMetadata !== null &&
    fnmatch(node.testMetadata.name, value)
  );
};

const testTypes = ['generic', 'singular', 'unit', 'data'];

const testType: Method = (value) => {
  // `schema` is what dbt once called generic tests, and still takes.
  const wanted = value === 'schema' ? 'generic' : value;
  if (!testTypes.includes(wanted)) {
    throw new TechstoreError('selection', `'${value}' is not a test type`, {
      hint: `${didYouMean(value, testTypes) ?? ''} Types: ${testTypes.join(', ')}.`.trim(),
    });
  }
  return (node) => {
    if (node.resourceType === 'unit_test') return wanted === 'unit';
    if (node.resourceType !== 'test') return false;
    const own = node.testMetadata === null ? 'singular' : 'generic';
    return wanted === own || wanted === 'data';
  };
};

const versions = ['latest', 'prerelease', 'old', 'none'];

const version: Method = (value) => {
  if (!versions.includes(value)) {
    throw new TechstoreError('selection', `'${value}' is not a version`, {
      hint: `Versions: ${versions.join(', ')}.`,
    });
  }
  // Models have no versions here, so every one of them is of the kind `none`.
  return (node) => node.resourceType === 'model' && value === 'none';
};

const nothing: Method = () => () => false;

export const nodeMethods = {
  fqn,
  tag,
  group,
  access,
  source,
  path,
  file,
  package: packageMethod,
  resource_type: resourceType,
  test_name: testName,
  test_type: testType,
  exposure: named('exposure'),
  unit_test: named('unit_test'),
  version,
  metric: nothing,
  semantic_model: nothing,
  saved_query: nothing,
} satisfies Record<string, Method>;
