/** Whether a value is a boolean for the YAML 1.1 of Kubernetes, whose words for it are texts in YAML 1.2. */
export function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean' || typeof value === 'string' && value.length <= LONGEST && /^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/.test(value);
}

const LONGEST = 'off'.length;
