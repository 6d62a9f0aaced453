/** Variables of the project, with dbt's precedence. */

type Vars = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Vars {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

export class ProjectVars {
  /** `vars:` of dbt_project.yml as it stands, packages included. Not rendered. */
  readonly file: Vars;
  /** `--vars`. */
  readonly commandLine: Vars;

  constructor(file: Vars, commandLine: Vars) {
    this.file = file;
    this.commandLine = commandLine;
  }

  /**
   * The variables that a package's files see: the file's own, over them those
   * under the package's name, over them those of the command line.
   */
  forPackage(packageName: string): Map<string, unknown> {
    return new Map([...this.#inFile(packageName), ...Object.entries(this.commandLine)]);
  }

  /** Names that the project file gives a package's files. */
  declaredFor(packageName: string): string[] {
    return this.#inFile(packageName).map(([name]) => name);
  }

  #inFile(packageName: string): [string, unknown][] {
    const own = Object.hasOwn(this.file, packageName) ? this.file[packageName] : undefined;
    return [...Object.entries(this.file), ...Object.entries(isMap(own) ? own : {})];
  }
}
