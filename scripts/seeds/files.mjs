/** The seeds as CSV. */

/** @typedef {string | number | boolean | null} Cell */
/** @typedef {keyof typeof HEADERS} Table */

export const HEADERS = {
  customers: 'id,name,email,registration_date,birth_date,phone,city,country,is_active',
  products:
    'id,name,description,category,subcategory,brand,model,price,cost,stock,weight_kg,dimensions,launch_date,is_active,created_at',
  orders:
    'id,customer_id,order_date,status,payment_method,payment_status,subtotal,tax_amount,shipping_cost,discount_amount,total_amount,shipping_address,estimated_delivery,actual_delivery,notes',
  order_items:
    'id,order_id,product_id,quantity,unit_price,unit_cost,line_total,discount_percent,created_at',
  reviews:
    'id,product_id,customer_id,order_id,rating,title,comment,review_date,is_verified_purchase,helpful_votes,total_votes',
  product_categories: 'id,name,parent_category_id,description,is_active',
};

/**
 * A CSV field: empty for what is missing, quoted where it must be.
 * @param {Cell} value
 */
function field(value) {
  if (value === null) return '';
  const text = String(value);
  return /[",\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {Table} table
 * @param {readonly (readonly Cell[])[]} rows
 * @returns {string} the file, header included
 */
export function csvOf(table, rows) {
  return `${HEADERS[table]}\n${rows.map((row) => `${row.map(field).join(',')}\n`).join('')}`;
}
