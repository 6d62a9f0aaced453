/** The path of a file inside its own package, which dbt calls `original_file_path`. */
interface InPackage {
  readonly originalFilePath: string;
  readonly packageFolder?: string;
}

export function pathInPackage({ originalFilePath, packageFolder = '' }: InPackage): string {
  return originalFilePath.slice(packageFolder.length);
}
