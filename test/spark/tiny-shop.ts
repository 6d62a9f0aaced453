/** A project of two models on the stand-in: what a build does to others takes no more. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Connection, Row } from '../../src/engine/engine.js';
import { entry, environment, finished, program, writeProfile, type Ran } from './shop.js';
import { catalog, type StandIn } from './support.js';

const project = `name: tiny
version: '1.0'
profile: techstore_dbt
vars: { as_of: null }
`;

const properties = `sources:
  - name: raw
    schema: "{{ target.schema }}"
    tables: [{ name: places }]
models:
  - name: cities
    description: All of them
    columns:
      - name: id
        data_tests: [not_null, unique]
  - name: counted
    config: { materialized: table }
`;

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
}

export class TinyShop {
  readonly dir: string;
  readonly schema: string;
  private readonly spark: Connection;

  private constructor(place: StandIn, schema: string, spark: Connection) {
    this.dir = mkdtempSync(join(tmpdir(), 'techstore-tiny-'));
    this.schema = schema;
    this.spark = spark;
    this.write('dbt_project.yml', project);
    this.write('models/properties.yml', properties);
    this.write(
      'models/cities.sql',
      "{{ config(materialized='table') }} select id, city from {{ source('raw', 'places') }}\n",
    );
    this.write(
      'models/counted.sql',
      `select count(*) as n, '{{ var("as_of") }}' as as_of from {{ ref('cities') }}\n`,
    );
    writeProfile(this.dir, place, schema);
  }

  /** @param schema of the target: tests do not share theirs */
  static async make(place: StandIn, schema: string): Promise<TinyShop> {
    const spark = await (await place.open()).connect();
    const shop = new TinyShop(place, schema, spark);
    await shop.sql(`DROP SCHEMA IF EXISTS ${catalog}.${schema} CASCADE`);
    await shop.sql(`CREATE SCHEMA ${catalog}.${schema}`);
    await shop.sql(`CREATE TABLE ${shop.name('places')} (id BIGINT, city STRING) USING DELTA`);
    await shop.addPlaces(1, 2);
    return shop;
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.dir, file)), { recursive: true });
    writeFileSync(join(this.dir, file), text);
  }

  delete(file: string): void {
    rmSync(join(this.dir, file));
  }

  name(table: string): string {
    return `${catalog}.${this.schema}.${table}`;
  }

  /** Sources change between two builds. */
  async addPlaces(...ids: readonly number[]): Promise<void> {
    const rows = ids.map((id) => `(${id}, 'City ${id}')`).join(', ');
    await this.sql(`INSERT INTO ${this.name('places')} VALUES ${rows}`);
  }

  async sql(text: string): Promise<readonly Row[]> {
    return (await this.spark.query(text)).rows;
  }

  /** What readers see: rows of the first published table, and what the second counted of it. */
  async published(): Promise<readonly [cities: number, counted: number]> {
    const [cities] = await this.sql(`SELECT count(*) FROM ${this.name('cities')}`);
    const [counted] = await this.sql(`SELECT n FROM ${this.name('counted')}`);
    return [Number(cities?.[0]), Number(counted?.[0])];
  }

  /** Schemas of builds that are there. */
  async schemas(): Promise<readonly string[]> {
    const rows = await this.sql(`SHOW SCHEMAS IN ${catalog} LIKE '${this.schema}__b*'`);
    return rows.map(([name]) => name as string);
  }

  async states(): Promise<readonly string[]> {
    const rows = await this.sql(`SELECT state FROM ${this.name('techstore_builds')} ORDER BY id`);
    return rows.map(([state]) => state as string);
  }

  run(...args: readonly string[]): Promise<Ran> {
    return program(this.dir, [...args, '--target', 'databricks']);
  }

  start(...args: readonly string[]): Started {
    const child = spawn(process.execPath, [entry, ...args, '--target', 'databricks'], {
      cwd: this.dir,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, ended: finished(child) };
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
