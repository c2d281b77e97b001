const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const QUANTITY = /^([-+]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)?|([eE][-+]?\d+))$/;

/** How much a quantity of Kubernetes is, such as `100m` or `64Mi`; NaN where the text is none. */
export function amountOf(quantity: string): number {
  const [, value, suffix = '', exponent = ''] = QUANTITY.exec(quantity) ?? [];
  return value === undefined ? NaN : Number(value + exponent) * (suffix.endsWith('i') ? 1024 ** BINARY.indexOf(suffix) : 10 ** (3 * (DECIMAL.indexOf(suffix) - 3)));
}
