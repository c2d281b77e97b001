import { TrustDomain } from '../../src';
import { requireProps } from '../../src/identity/require-props';

interface Props {
  readonly name: string;
  readonly trustDomain: TrustDomain;
  readonly port: number;
  readonly hosts?: string[];
  readonly others?: TrustDomain[];
  readonly labels?: { [key: string]: string };
}

const trustDomain = TrustDomain.of('example.org');
const WHOLE = { name: 'web', trustDomain, port: 80 };
const check = (props: unknown) => requireProps('Thing', props as Props, {
  name: 'text', trustDomain: 'TrustDomain', port: 'number', hosts: 'text[]?', others: 'TrustDomain[]?', labels: 'map?',
});

test.each([WHOLE, { ...WHOLE, hosts: [] }, { ...WHOLE, hosts: ['a'], others: [trustDomain], labels: {} }, { ...WHOLE, hosts: undefined, more: 1 }])('%j is taken', (props) => {
  expect(() => check(props)).not.toThrow();
});

test.each([
  [undefined, 'Thing has undefined for its props: give an object with name, trustDomain, port'],
  [null, 'Thing has null for its props'],
  ['web', "Thing has 'web' for its props"],
  [{}, 'Thing has no name: give a text'],
  [{ name: 'web', trustdomain: trustDomain }, 'Thing has no trustDomain: give a TrustDomain; given are name, trustdomain'],
  [{ ...WHOLE, name: 7 }, 'name of Thing is 7: give a text'],
  [{ ...WHOLE, port: '80' }, "port of Thing is '80': give a number"],
  [{ ...WHOLE, trustDomain: 'example.org' }, "trustDomain of Thing is 'example.org': give a TrustDomain"],
  [{ ...WHOLE, trustDomain: {} }, 'trustDomain of Thing is an object without what that has: give a TrustDomain'],
  [{ ...WHOLE, trustDomain: new Date(0) }, 'trustDomain of Thing is a Date: give a TrustDomain'],
  [{ ...WHOLE, trustDomain: TrustDomain }, 'trustDomain of Thing is a function: give a TrustDomain'],
  [{ ...WHOLE, hosts: 'a' }, "hosts of Thing is 'a': give a list of texts"],
  [{ ...WHOLE, hosts: ['a', undefined] }, 'hosts of Thing holds undefined: give a list of texts'],
  [{ ...WHOLE, others: [trustDomain, 'b'] }, "others of Thing holds 'b': give a list of TrustDomain"],
  [{ ...WHOLE, labels: ['a'] }, 'labels of Thing is a list: give a map'],
])('fails for %j', (props, message) => {
  expect(() => check(props)).toThrow(message);
});
