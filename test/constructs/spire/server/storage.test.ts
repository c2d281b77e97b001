import { Size } from 'cdk8s';
import { requireStorageClassName, storageQuantity } from '../../../../src/constructs/spire/server/storage';

test('a size is written in the largest unit that holds it', () => {
  expect(storageQuantity()).toBe('1Gi');
  expect(storageQuantity(Size.gibibytes(5))).toBe('5Gi');
  expect(storageQuantity(Size.mebibytes(1536))).toBe('1536Mi');
});

test('a storage class is named as Kubernetes names it, or not at all', () => {
  expect(requireStorageClassName('fast.ssd')).toBe('fast.ssd');
  expect(requireStorageClassName(undefined)).toBeUndefined();
});

test('fails for a volume of nothing, and for a class that can not be', () => {
  expect(() => storageQuantity(Size.gibibytes(0))).toThrow('storage of 0 MiB is no volume: give at least Size.mebibytes(1)');
  expect(() => requireStorageClassName('Fast SSD')).toThrow("storageClassName 'Fast SSD' is no Kubernetes name");
});
