/** Requests that somebody would send who means no good: two hundred of them, each with a path of its own. */

const sql = [
  `' or '1'='1`,
  `1; drop table gold_sales_metrics`,
  `1' union select * from duckdb_tables() --`,
  `$1`,
  `{gold_sales_metrics}`,
  `\${7*7}`,
  `{{7*7}}`,
  `1 or 1=1`,
  `") or ("1"="1`,
  `1/**/and/**/1`,
  `read_csv('/etc/passwd')`,
  `getenv('HOME')`,
  `1; install httpfs; load httpfs`,
  `1 limit 1 offset 1`,
  `'||(select 1)||'`,
  `"; pragma database_list; --`,
  `';attach '/tmp/x.duckdb' as x;--`,
];

const numbers = [
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775809',
  '1e308',
  '1e999',
  'NaN',
  'Infinity',
  '-0',
  '+1',
  '0x7f',
  '1_000',
  '1,5',
  '٣',
  '１',
  '1'.repeat(400),
  '-',
  '1.0000000000000000001',
];

const texts = [
  '\u0000',
  'a\u0000b',
  '\r\nX-Injected: 1',
  '\u202e',
  '\ufeff1',
  '👩‍👩‍👧',
  '\ud800',
  '%',
  '%25%32%35',
  '../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '__proto__',
  'constructor',
  'a'.repeat(3000),
  ' ',
  '\t1',
  '[]',
  '{}',
  'null',
  'undefined',
  'true',
];

const parameters = [
  '/api/customers/top-customers?limit=',
  '/api/products/low-stock?cursor=',
  '/api/sales/summary?days=',
  '/api/builds?format=',
  '/api/lineage?node=',
];

/** Half a surrogate has no place in a URL: it is sent as the bytes that a careless client makes of it. */
function encoded(text: string): string {
  return text === '\ud800' ? '%ED%A0%80' : encodeURIComponent(text);
}

const everywhere = [...sql, ...numbers, ...texts];

const shapes = [
  '/api/sales/summary?days=1&days=2&days=3',
  '/api/sales/summary?days[]=1',
  '/api/sales/summary?days[$gt]=1',
  '/api/sales/summary?__proto__[days]=1',
  '/api/sales/summary?constructor.prototype.days=1',
  '/api/sales/summary?=',
  '/api/sales/summary?&&&&',
  '/api/sales/summary?days=%',
  '/api/sales/summary?days=%zz',
  '/api/sales/summary?days=%c0%af',
  '/api/sales/summary?days=1%00',
  '/api/sales/summary?%00=1',
  '/api/sales/summary?days=1#fragment',
  '/api/sales/summary;jsessionid=1',
  '/api//sales//summary',
  '/api/sales/summary/',
  '/api/./sales/summary',
  '/api/customers/../products/10',
  '//evil.example/api/operations',
  '/\\evil.example',
  '/api/customers/segments/',
  '/api/customers/segments//',
  '/api/customers/%2e%2e%2fproducts',
  '/docs/static/..%2f..%2f..%2fpackage.json',
  '/docs/static/%2e%2e/%2e%2e/package.json',
  '/redoc/..%5c..%5cpackage.json',
  '/redoc/redoc.standalone.js/../../../package.json',
  '/%00',
  '/%ff',
  '/metrics?format=csv',
];

export const hostilePaths: readonly string[] = [
  ...everywhere.flatMap((text, i) => [
    `/api/customers/${encoded(text)}`,
    `/api/customers/segments/${encoded(text)}`,
    `${parameters[i % parameters.length] as string}${encoded(text)}`,
  ]),
  ...shapes,
];

export const hostileHeaders: readonly Readonly<Record<string, string>>[] = [
  { accept: ','.repeat(500) },
  { accept: 'a/b;q=NaN, */*;q=-1, text/csv;q=9' },
  { accept: '\u00ff' },
  { 'accept-encoding': 'br;q=0, gzip;q=0, identity;q=0' },
  { 'accept-encoding': `${'gzip,'.repeat(1000)}br` },
  { 'if-none-match': '"'.repeat(2000) },
  { 'if-none-match': 'W/'.repeat(1000) },
  { authorization: 'Bearer' },
  { authorization: `Bearer ${'a'.repeat(8000)}` },
  { 'x-api-key': '\u00e9' },
  { 'x-forwarded-for': `${'1.2.3.4,'.repeat(500)}<script>` },
  { 'x-request-id': '"}\u00a0{"level":60' },
  { origin: 'null' },
  { 'content-length': '-1' },
  { 'content-type': 'application/json; charset=utf-7' },
  { range: 'bytes=0-0,-1' },
  { 'x-http-method-override': 'DELETE' },
  { cookie: 'a'.repeat(8000) },
];
