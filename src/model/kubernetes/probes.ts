/** The fields of a container that hold its probes. */
export const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
