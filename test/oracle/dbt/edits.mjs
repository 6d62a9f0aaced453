/** Changes of the shop's project, each of one kind that `state:modified` looks at or passes over. */

/**
 * @typedef {{ name: string, file: string, from?: string, to?: string, add?: string, remove?: true }} Edit
 * `from` is replaced by `to` once, `add` stands at the end of the file or makes it, `remove` takes it away.
 */

const orders = 'models/silver/silver_orders.sql';
const gold = 'models/gold/gold.yml';
const project = 'dbt_project.yml';

/** @type {readonly Edit[]} */
export const edits = [
  { name: 'a body', file: orders, from: 'coalesce(subtotal, 0)', to: 'coalesce(subtotal, 1)' },
  { name: 'white space at the end of a file', file: orders, add: '\n\n' },
  { name: 'white space inside of a body', file: orders, from: 'select\n', to: 'select \n' },
  {
    name: 'a configuration in a file',
    file: orders,
    from: 'with checked',
    to: "{{ config(materialized='view') }}\nwith checked",
  },
  {
    name: 'a configuration of a folder',
    file: project,
    from: "+tags: ['silver']",
    to: "+tags: ['silver', 'daily']\n      +docs: {node_color: red}",
  },
  { name: 'tags', file: project, from: "['gold']", to: "['gold', 'daily']" },
  {
    name: 'an alias',
    file: orders,
    from: 'with checked',
    to: "{{ config(alias='orders_2') }}\nwith checked",
  },
  { name: 'a schema', file: project, from: '+schema: techstore', to: '+schema: raw' },
  {
    name: 'meta',
    file: gold,
    from: '  - name: gold_customer_analytics\n',
    to: '  - name: gold_customer_analytics\n    config: {meta: {owner: me}}\n',
  },
  {
    name: 'a description',
    file: gold,
    from: 'description: The customer.',
    to: 'description: Who.',
  },
  {
    name: 'persist_docs',
    file: project,
    from: "+tags: ['gold']",
    to: "+tags: ['gold']\n      +persist_docs: {relation: true, columns: true}",
  },
  { name: 'a doc block', file: 'models/docs.md', from: 'Start of the run', to: 'Beginning' },
  {
    name: 'a data type of a contract',
    file: gold,
    from: 'name: name\n        data_type: string',
    to: 'name: name\n        data_type: text',
  },
  {
    name: 'a contract',
    file: project,
    from: "+tags: ['bronze']",
    to: "+tags: ['bronze']\n      +contract: {enforced: true}",
  },
  { name: 'a macro', file: 'macros/text.sql', from: 'lower(', to: 'lower( ' },
  { name: 'a row of a seed', file: 'seeds/product_categories.csv', add: '999,New,,true\n' },
  {
    name: 'an identifier of a source',
    file: 'models/bronze/sources.yml',
    from: '      - name: customers\n',
    to: '      - name: customers\n        identifier: people\n',
  },
  {
    name: 'arguments of a test',
    file: 'models/silver/silver.yml',
    from: '                  - Recent\n',
    to: '                  - Recent\n                  - Newer\n',
  },
  {
    name: 'an exposure',
    file: 'models/exposures.yml',
    from: 'maturity: high',
    to: 'maturity: low',
  },
  { name: 'a variable', file: project, from: 'tax_rate: 0.21', to: 'tax_rate: 0.2' },
  {
    name: 'a unit test',
    file: 'models/gold/gold_unit_tests.yml',
    from: 'customer_acquisition_cost: 50',
    to: 'customer_acquisition_cost: 60',
  },
  {
    name: 'a model that is disabled',
    file: 'analyses/revenue_by_segment.sql',
    from: 'select',
    to: '{{ config(enabled=false) }}\nselect',
  },
  {
    name: 'a new model',
    file: 'models/silver/silver_new.sql',
    // The folder asks for a contract, and a contract for columns.
    add: "{{ config(contract={'enforced': false}) }}\nselect 1 as one\n",
  },
  { name: 'a model that is gone', file: 'data-tests/order_tax_equals_rate.sql', remove: true },
];
