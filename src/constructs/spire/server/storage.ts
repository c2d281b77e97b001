import { Size } from 'cdk8s';
import { isDnsSubdomain } from '../../../identity/dns-name';

/**
 * The size of a server's volume, as Kubernetes writes it.
 */
export function storageQuantity(size: Size = Size.gibibytes(1)): string {
  const mebibytes = size.toMebibytes();
  if (mebibytes < 1) {
    throw new Error(`storage of ${mebibytes} MiB is no volume: give at least Size.mebibytes(1), or leave it out for 1 GiB`);
  }
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

/**
 * Refuses what no StorageClass is called: the claim would be refused again and again, and the server never start.
 */
export function requireStorageClassName(name: string | undefined): string | undefined {
  if (name !== undefined && !isDnsSubdomain(name)) {
    throw new Error(`storageClassName '${name}' is no Kubernetes name: use up to 253 of a-z, 0-9, '-' and '.', or leave it out for the cluster's default`);
  }
  return name;
}
