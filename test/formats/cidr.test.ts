import { isCidr } from '../../src/formats/cidr';

test.each(['0.0.0.0/0', '10.0.0.0/16', '10.0.0.1/32', 'fd00::/8', 'FD00::1/128', '::/0', '::ffff:10.0.0.0/104'])('%s is an address range', (text) => {
  expect(isCidr(text)).toBe(true);
});

test.each(['', '10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0/8', '10.0.0.256/8', '10.0.0.0/08', '10.0.0.0/8/8', 'fd00::/129', 'fd00::1', 'example.org/8', '10.0.0.0/8\n', ' 10.0.0.0/8'])(
  '%j is no address range', (text) => {
    expect(isCidr(text)).toBe(false);
  },
);
