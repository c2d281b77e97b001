/** The version in an image's tag. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

export function versionOf(image: string): Version | undefined {
  const match = /:v?(\d+)\.(\d+)(?:\.(\d+))?[^:/]*$/.exec(image.replace(/@sha256:.*$/, ''));
  return match ? { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0) } : undefined;
}

/** Whether an image is one of SPIRE's own, which hold nothing but the program. */
export function isSpireImage(image: string): boolean {
  return SPIRE_IMAGE.test(image);
}

/** The image of the controller manager; programs that make registrations by themselves are called after it. */
export const MANAGER_IMAGE = /spire-controller-manager(:|@|$)/;

/** The image of the CSI driver; examples of its workloads are called after it. */
export const CSI_DRIVER_IMAGE = /spiffe-csi-driver(:|@|$)/;

/** The names of SPIRE's own images. */
export const SPIRE_IMAGE = /(^|\/)(spire-server|spire-agent|oidc-discovery-provider)(:|@|$)/;
