import { amountOf } from '../../src/formats/quantity';

test.each([
  ['2', 2], ['500m', 0.5], ['0.5', 0.5], ['.5', 0.5], ['1.', 1], ['1k', 1000], ['1Ki', 1024], ['64Mi', 64 * 1024 ** 2], ['1e3', 1000], ['1E', 1e18], ['1E3', 1000], ['-1', -1], ['100n', 1e-7],
])('%s is an amount', (text, amount) => {
  expect(amountOf(text)).toBeCloseTo(amount, 10);
});

test.each(['', '1 core', '64MB', '1gi', '100mm', '1GB', 'all', '1,5', '0x10'])('fails for "%s"', text => {
  expect(amountOf(text)).toBeNaN();
});
