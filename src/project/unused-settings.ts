/** Settings of dbt_project.yml that dbt has and that change nothing here: each is told once. */
import type { ProjectYaml } from './project-schema.js';
import type { ProjectWarning } from './issues.js';
import type { YamlDocument } from './yaml-document.js';

/** Flags that are heeded, and those whose absence nobody can notice: nothing is ever sent. */
const heededFlags: ReadonlySet<string> = new Set([
  'warn_error',
  'send_anonymous_usage_stats',
  'partial_parse',
]);

export function unusedSettings(document: YamlDocument, yaml: ProjectYaml): ProjectWarning[] {
  const warnings: ProjectWarning[] = [];
  const tell = (key: string, message: string): void => {
    warnings.push({ message, place: document.placeOfKey([key]) });
  };
  const flags = Object.keys(yaml.flags ?? {}).filter((name) => !heededFlags.has(name));
  if (flags.length > 0)
    tell('flags', `'flags' has settings without effect: ${flags.sort().join(', ')}`);
  if (commentOf(yaml) !== '')
    tell(
      'query-comment',
      "'query-comment' has no effect: techstore sends statements without comments",
    );
  const logs = yaml['log-path'] ?? 'logs';
  if (logs !== 'logs') tell('log-path', "'log-path' has no effect: techstore writes no log file");
  return warnings;
}

/** Empty where the project asks for no comment of its own. */
function commentOf(yaml: ProjectYaml): string {
  const comment = yaml['query-comment'];
  if (comment === undefined || comment === null) return '';
  return typeof comment === 'string' ? comment : (comment.comment ?? '');
}
