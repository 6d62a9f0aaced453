
import { DuckDBInstance } from '@duckdb/node-api';
const [file, to, format] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(`attach '${file}' as b (read_only); copy b.main.orders to '${to}' (format ${format})`);
process.stderr.write(String(process.resourceUsage().maxRSS));
