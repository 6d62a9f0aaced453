/**
 * A shop of any size as CSV files, for measuring: clean rows only, always the same.
 *
 *     node bench/make-shop.mjs ORDERS DIR
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';

const [orderCount, dir] = [Number(process.argv[2]), process.argv[3]];
if (!Number.isInteger(orderCount) || dir === undefined) {
  console.error('usage: make-shop.mjs ORDERS DIR');
  process.exit(2);
}
mkdirSync(dir, { recursive: true });

let state = 42;
/** A whole number in [0, limit): xorshift32, so that each run gives the same shop. */
function random(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}

async function write(name, header, rows) {
  const file = createWriteStream(join(dir, `${name}.csv`), { highWaterMark: 1 << 20 });
  let text = `${header}\n`;
  for (const row of rows) {
    text += `${row}\n`;
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain');
      text = '';
    }
  }
  file.end(text);
  await once(file, 'close');
}

const day = (offset) => new Date(Date.UTC(2023, 0, 1 + offset)).toISOString().slice(0, 10);
const customers = Math.max(10, Math.floor(orderCount / 10));
const products = Math.max(10, Math.min(20_000, Math.floor(orderCount / 50)));
const money = (cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const statuses = ['delivered', 'delivered', 'delivered', 'shipped', 'confirmed', 'cancelled'];

await write(
  'customers',
  'id,name,email,registration_date,birth_date,phone,city,country,is_active',
  (function* () {
    for (let id = 1; id <= customers; id += 1) {
      yield `${id},Customer ${id},c${id}@shop.example,${day(random(700))},${1950 + random(55)}-0${1 + random(9)}-1${random(10)},,City ${random(500)},es,true`;
    }
  })(),
);
const prices = Array.from({ length: products }, () => 500 + random(100_000));
await write(
  'products',
  'id,name,description,category,subcategory,brand,model,price,cost,stock,weight_kg,dimensions,launch_date,is_active,created_at',
  (function* () {
    for (let id = 1; id <= products; id += 1) {
      const price = prices[id - 1];
      yield `${id},Product ${id},,Category ${random(20)},,Brand ${random(50)},,${money(price)},${money(Math.floor(price * 0.6))},${random(400)},1.250,,${day(random(700))},true,2023-01-01 00:00:00`;
    }
  })(),
);
await write(
  'product_categories',
  'id,name,parent_category_id,description,is_active',
  Array.from({ length: 20 }, (_, i) => `${i + 1},Category ${i},,,true`),
);

let itemId = 0;
const items = createWriteStream(join(dir, 'order_items.csv'), { highWaterMark: 1 << 20 });
let text =
  'id,order_id,product_id,quantity,unit_price,unit_cost,line_total,discount_percent,created_at\n';
await write(
  'orders',
  'id,customer_id,order_date,status,payment_method,payment_status,subtotal,tax_amount,shipping_cost,discount_amount,total_amount,shipping_address,estimated_delivery,actual_delivery,notes',
  (function* () {
    for (let id = 1; id <= orderCount; id += 1) {
      const date = random(900);
      const at = `${day(date)} ${String(8 + random(12)).padStart(2, '0')}:15:00`;
      let subtotal = 0;
      for (let n = 1 + random(4); n > 0; n -= 1) {
        itemId += 1;
        const product = random(products);
        const quantity = 1 + random(3);
        subtotal += prices[product] * quantity;
        text += `${itemId},${id},${product + 1},${quantity},${money(prices[product])},${money(Math.floor(prices[product] * 0.6))},${money(prices[product] * quantity)},0.00,${at}\n`;
      }
      if (text.length > 1 << 20) {
        items.write(text);
        text = '';
      }
      const tax = Math.round(subtotal * 0.21);
      yield `${id},${1 + random(customers)},${at},${statuses[random(6)]},card,paid,${money(subtotal)},${money(tax)},0.00,0.00,${money(subtotal + tax)},,${day(date + 5)},${day(date + 2 + random(5))},`;
    }
  })(),
);
items.end(text);
await once(items, 'close');
await write(
  'reviews',
  'id,product_id,customer_id,order_id,rating,title,comment,review_date,is_verified_purchase,helpful_votes,total_votes',
  (function* () {
    for (let id = 1; id <= Math.floor(orderCount / 5); id += 1) {
      yield `${id},${1 + random(products)},${1 + random(customers)},${1 + random(orderCount)},${1 + random(5)},Title,Text of review ${id},${day(random(900))} 12:00:00,true,${random(5)},5`;
    }
  })(),
);
