/** The shop's range: 200 products, the same in every process, so that nobody has to ask anybody for it. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly basePriceCents: number;
}

const MATERIALS = ['oak', 'linen', 'steel', 'cork', 'wool', 'clay', 'copper', 'glass', 'bamboo', 'leather'] as const;
const THINGS = ['lamp', 'chair', 'kettle', 'shelf', 'blanket', 'vase', 'clock', 'bowl', 'basket', 'mirror', 'desk', 'stool', 'tray', 'rug', 'mug', 'frame', 'bench', 'hook', 'jar', 'cushion'] as const;
const CHEAPEST_CENTS = 490;

export const PRODUCTS: readonly Product[] = MATERIALS.flatMap((material, row) =>
  THINGS.map((thing, column) => ({
    sku: `sku-${String(row * THINGS.length + column).padStart(3, '0')}`,
    name: `${material} ${thing}`,
    category: thing,
    // A fixed spread of prices between 5 and about 200: 37 and 53 are coprime to the table's sides, so no two neighbours cost the same.
    basePriceCents: CHEAPEST_CENTS + ((row * 37 + column * 53) % 200) * 100,
  })),
);

const FIRST_SKU = 'sku-000';
export const SKUS: readonly [string, ...string[]] = [FIRST_SKU, ...PRODUCTS.map((product) => product.sku).filter((sku) => sku !== FIRST_SKU)];
export const SEARCH_WORDS: readonly [string, ...string[]] = [...THINGS, ...MATERIALS];

export const PRODUCT_BY_SKU: ReadonlyMap<string, Product> = new Map(PRODUCTS.map((product) => [product.sku, product]));
