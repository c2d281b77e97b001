import { HclBody, HclEnvironmentVariable, HclTemplate, HclValue, HclWriter } from '../../formats/hcl';

/**
 * Whether a file names environment variables, so that it has to be read with -expandEnv.
 */
export function namesVariables(body: HclBody): boolean {
  return body.entries.some((entry) => {
    switch (entry.kind) {
      case 'attribute':
        return holdsVariable(entry.value);
      case 'block':
        return namesVariables(entry.body);
      default:
        return false;
    }
  });
}

/**
 * The text of a file that is read with -expandEnv when it names variables.
 *
 * Elsewhere a dollar is a dollar, which a judge cannot tell from a variable that nobody expands.
 */
export function configText(body: HclBody, expandEnv: boolean): string {
  const text = new HclWriter({ expandEnv }).write(body);
  return expandEnv || !/\$\{?[A-Za-z_]/.test(text) ? text : `# cdk8s-spiffe-skip: SPIRE-EXPAND-ENV=this file names no variable, a dollar is a dollar\n${text}`;
}

function holdsVariable(value: HclValue | undefined): boolean {
  if (value instanceof HclEnvironmentVariable) {
    return true;
  }
  if (value instanceof HclTemplate) {
    return value.parts.some(holdsVariable);
  }
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsVariable);
}
