/** What metrics are called: what is kept by one of these names has a gap for none. */

/** As the terminal asks for it: one question, one table. */
export type MetricName =
  | 'customers top'
  | 'customers segment'
  | 'customers segments'
  | 'products best-sellers'
  | 'products low-stock'
  | 'sales summary'
  | 'sales trends'
  | 'sales daily'
  | 'operations summary';

/** One thing told in full, in several tables. */
export type DetailName = 'customers show' | 'products show';

export type SectionName =
  | `customers show ${'profile' | 'scores' | 'orders' | 'products' | 'reviews'}`
  | `products show ${'profile' | 'sales' | 'orders' | 'reviews'}`;

/** Whatever has a query of its own; the last two are no commands. */
export type QueryName = MetricName | SectionName | 'sales comparison' | 'as of';

/** The list goes on behind a row (`after`); the rows of all values of a parameter (`every`). */
export type Variant = 'after' | 'every';

export type VariantName = `${QueryName}, ${Variant}`;
