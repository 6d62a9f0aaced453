/** What sells best, and what will soon be out of stock. */
import type { Snapshot } from '../api/load.js';
import type { Product, ScarceProduct } from '../api/types.js';
import type { Formats } from '../model/format.js';
import { DataTable } from './data-table.js';
import { Empty, Panel } from './panel.js';

export interface ProductsProps {
  readonly snapshot: Snapshot;
  readonly formats: Formats;
}

function nameOf(product: Product) {
  return (
    <>
      <span class="main-text">{product.product_name}</span>
      <span class="side-text">
        {[product.brand, product.category].filter((part) => part !== null).join(', ')}
      </span>
    </>
  );
}

export function BestSellers({ snapshot: { bestSellers }, formats }: ProductsProps) {
  return (
    <Panel id="best-sellers" title="Best sellers" scope="All time, by revenue">
      {bestSellers.length === 0 ? (
        <Empty>No product is a best seller yet.</Empty>
      ) : (
        <DataTable
          caption="Best sellers by revenue"
          rows={bestSellers}
          keyOf={(row) => String(row.product_id)}
          columns={[
            { title: 'Product', cell: nameOf },
            { title: 'Sold', isNumber: true, cell: (row) => formats.count(row.total_units_sold) },
            {
              title: 'Rating',
              isNumber: true,
              isExtra: true,
              // 0 stands for no reviews: nobody can give less than one star.
              cell: (row) => (row.avg_rating === 0 ? '–' : formats.decimal(row.avg_rating)),
            },
            { title: 'Revenue', isNumber: true, cell: (row) => formats.money(row.total_revenue) },
          ]}
        />
      )}
    </Panel>
  );
}

const tones: Readonly<Record<ScarceProduct['stock_level'], string>> = {
  'Out of Stock': 'bad',
  Critical: 'warn',
  Low: 'plain',
};

export function LowStock({ snapshot: { lowStock }, formats }: ProductsProps) {
  return (
    <Panel id="low-stock" title="Stock alerts" scope="Scarcest first">
      {lowStock.length === 0 ? (
        <Empty>No product is low on stock.</Empty>
      ) : (
        <DataTable
          caption="Products that are out of stock or low on stock, lowest stock first"
          rows={lowStock}
          keyOf={(row) => String(row.product_id)}
          columns={[
            { title: 'Product', cell: nameOf },
            {
              title: 'Level',
              cell: (row) => <span class={`tag ${tones[row.stock_level]}`}>{row.stock_level}</span>,
            },
            { title: 'In stock', isNumber: true, cell: (row) => formats.count(row.current_stock) },
            {
              title: 'Sold',
              isNumber: true,
              isExtra: true,
              cell: (row) => formats.count(row.total_units_sold),
            },
          ]}
        />
      )}
    </Panel>
  );
}
