/** What people and things of the shop are called, and what customers say. */
export const FIRST_NAMES =
  'Ana Lucía Marta Hugo Pablo Zoë Noah Emma Olivia Liam Chloé Jürgen Anneliese Søren Astrid Łukasz Agnieszka João Inês Giulia Matteo Ayşe Mehmet Yuki Haruto Wei Mei Ivan Nadia Fatima Omar Priya Arjun Grace Kwame Siobhán Eoin Élodie René Björn'.split(
    ' ',
  );
export const LAST_NAMES =
  "García López Martínez Fernández Smith O'Brien McDonald Müller Schäfer Nielsen Ødegård Kowalski Nowak Silva Araújo Rossi Bianchi Yılmaz Demir Tanaka Suzuki Wang Chen Petrov Haddad Al-Sayed Sharma Patel Mensah Dubois Lefèvre Lindström Novák Papadopoulos Ionescu".split(
    ' ',
  );
/** City, country, and how its telephone numbers begin. @type {readonly (readonly [string, string, string])[]} */
export const PLACES = [
  ['Madrid', 'Spain', '+34 91'],
  ['Barcelona', 'Spain', '+34 93'],
  ['A Coruña', 'Spain', '+34 981'],
  ['Lisbon', 'Portugal', '+351 21'],
  ['Paris', 'France', '+33 1'],
  ['Lyon', 'France', '+33 4'],
  ['Berlin', 'Germany', '+49 30'],
  ['München', 'Germany', '+49 89'],
  ['Amsterdam', 'Netherlands', '+31 20'],
  ['Milan', 'Italy', '+39 02'],
  ['Dublin', 'Ireland', '+353 1'],
  ['Kraków', 'Poland', '+48 12'],
  ['Malmö', 'Sweden', '+46 40'],
  ['London', 'United Kingdom', '+44 20'],
];
export const STREETS = [
  'Calle Mayor',
  'Rue de Rivoli',
  'Hauptstraße',
  'High Street',
  'Via Roma',
  'Kerkstraat',
];

/**
 * Category, then subcategories, each with makers and what they sell: name, lowest and highest price
 * in cents.
 * @type {Readonly<Record<string, Readonly<Record<string, readonly (readonly [string, string, number, number])[]>>>>}
 */
export const CATALOG = {
  Computers: {
    Laptops: [
      ['Nortek', 'Ultrabook 14', 89900, 139900],
      ['Kestrel', 'Gaming Laptop 16', 129900, 229900],
      ['Papaya', 'Student Laptop', 39900, 64900],
    ],
    Desktops: [
      ['Nortek', 'Mini PC', 34900, 59900],
      ['Kestrel', 'Tower Workstation', 119900, 189900],
    ],
    Monitors: [
      ['Lumen', 'Monitor 27" QHD', 21900, 34900],
      ['Lumen', 'Monitor 34" Curved', 44900, 69900],
    ],
    Accessories: [
      ['Papaya', 'Wireless Mouse', 1290, 3490],
      ['Kestrel', 'Mechanical Keyboard', 6990, 12990],
      ['Nortek', 'USB-C Dock, 9 ports', 5990, 11990],
    ],
  },
  Phones: {
    Smartphones: [
      ['Papaya', 'Phone X', 69900, 109900],
      ['Oru', 'Phone Lite', 17900, 27900],
    ],
    'Phone Cases': [
      ['Oru', 'Silicone Case', 990, 1990],
      ['Papaya', 'Leather Case, brown', 2490, 3990],
    ],
    Chargers: [
      ['Voltio', 'Charger 65 W', 2490, 4490],
      ['Voltio', 'Power Bank 20,000 mAh', 2990, 5490],
    ],
  },
  Audio: {
    Headphones: [
      ['Sonata', 'Noise-Cancelling Headphones', 17900, 32900],
      ['Sonata', 'Earbuds', 4990, 12900],
    ],
    Speakers: [
      ['Sonata', 'Bluetooth Speaker', 3990, 9990],
      ['Lumen', 'Soundbar', 14900, 34900],
    ],
  },
  'Home Office': {
    Chairs: [['Ergo', 'Office Chair "Nube"', 15900, 39900]],
    Desks: [['Ergo', 'Standing Desk', 29900, 54900]],
    Lighting: [['Lumen', 'Desk Lamp', 1990, 5990]],
  },
  Gaming: {
    Consoles: [['Kestrel', 'Console K2', 39900, 54900]],
    Controllers: [['Kestrel', 'Controller', 3990, 6990]],
    Games: [['Oru', 'Game: Île Perdue', 1990, 6990]],
  },
};

/** @typedef {1 | 2 | 3 | 4 | 5} Rating */

/** @type {Readonly<Record<Rating, readonly string[]>>} */
export const COMMENTS = {
  5: [
    'Excellent, arrived a day early.',
    'Perfecto, muy recomendable 👍',
    'Great.\nWould buy again.',
    'Works as described; 10/10, really.',
  ],
  4: [
    'Good value for the money.',
    'Solid, but the manual is only in English.',
    'Très bien dans l’ensemble.',
  ],
  3: ['Does the job, nothing more.', 'Okay. The box was dented.', 'So lala.'],
  2: ['The battery lasts half as long as promised.', 'Louder than I expected.'],
  1: ['Broken on arrival.', 'They sent the "wrong" colour, twice.', 'No lo compraría otra vez.'],
};
/** @type {Readonly<Record<Rating, string>>} */
export const TITLES = { 5: 'Love it', 4: 'Good', 3: 'Fine', 2: 'Disappointing', 1: 'Avoid' };
